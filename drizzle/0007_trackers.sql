CREATE TABLE "tickets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tickets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"tracker_id" bigint NOT NULL,
	"defect_id" bigint NOT NULL,
	"marker" text NOT NULL,
	"external_id" text,
	"key" text,
	"url" text,
	"title" text,
	"status" text,
	"status_at" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone,
	"agreed_ours" text,
	"agreed_ours_at" timestamp (3) with time zone,
	"agreed_theirs" text,
	"given" text,
	"told_event_id" bigint DEFAULT 0 NOT NULL,
	"facts_comment_id" text,
	"facts_text" text,
	"tried_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"calls" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"leased_by" text,
	"trouble" text,
	"linked_by" text NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	"unlinked_at" timestamp (3) with time zone,
	CONSTRAINT "tickets_marker" UNIQUE("marker")
);
--> statement-breakpoint
CREATE TABLE "trackers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trackers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"web_url" text NOT NULL,
	"account" text NOT NULL,
	"sealed_token" text,
	"sealed_secret" text,
	"address_hash" text NOT NULL,
	"creation" text NOT NULL,
	"reopening" text NOT NULL,
	"reopen_days" integer NOT NULL,
	"seen_up_to" timestamp (3) with time zone NOT NULL,
	"poll_at" timestamp (3) with time zone NOT NULL,
	"held_until" timestamp (3) with time zone,
	"trouble" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "trackers_address" UNIQUE("address_hash")
);
--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_tracker_id_trackers_id_fk" FOREIGN KEY ("tracker_id") REFERENCES "public"."trackers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trackers" ADD CONSTRAINT "trackers_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_external" ON "tickets" USING btree ("tracker_id","external_id") WHERE unlinked_at is null;--> statement-breakpoint
CREATE INDEX "tickets_ever" ON "tickets" USING btree ("tracker_id","external_id");--> statement-breakpoint
CREATE INDEX "tickets_defect" ON "tickets" USING btree ("defect_id");--> statement-breakpoint
CREATE INDEX "tickets_due" ON "tickets" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "trackers_program" ON "trackers" USING btree ("program_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trackers_place" ON "trackers" USING btree ("program_id","kind","place") WHERE removed_at is null;