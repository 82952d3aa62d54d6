CREATE TABLE "pull_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pull_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"tracker_id" bigint NOT NULL,
	"defect_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"url" text NOT NULL,
	"base" text NOT NULL,
	"author" text NOT NULL,
	"author_is_bot" boolean NOT NULL,
	"co_authors" jsonb NOT NULL,
	"merged_at" timestamp (3) with time zone NOT NULL,
	"merge_sha" text NOT NULL,
	"belongs_by" text NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"shipped_at" timestamp (3) with time zone,
	"shipped_in" text,
	"shipped_url" text,
	"ruled_out" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"marker" text NOT NULL,
	"told_event_id" bigint NOT NULL,
	"tried_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"leased_by" text,
	CONSTRAINT "pull_requests_number" UNIQUE("tracker_id","number","defect_id"),
	CONSTRAINT "pull_requests_marker" UNIQUE("marker")
);
--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "claims_shipped" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "agents" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "code_seen_up_to" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "code_poll_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "code_trouble" text;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_tracker_id_trackers_id_fk" FOREIGN KEY ("tracker_id") REFERENCES "public"."trackers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pull_requests_defect" ON "pull_requests" USING btree ("defect_id");--> statement-breakpoint
CREATE INDEX "pull_requests_unshipped" ON "pull_requests" USING btree ("tracker_id","merged_at") WHERE shipped_at is null;