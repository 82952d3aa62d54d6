CREATE TABLE "tracker_people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tracker_people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"home" text NOT NULL,
	"account" text,
	"name" text,
	"user_id" text,
	"known_by" text,
	"asked_ids" jsonb,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "trackers_place";--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "assignees" jsonb;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "agreed_owner_id" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "agreed_assignees" jsonb;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "assignee_given" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "own_labels" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "labels_wanted" jsonb;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "labels" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "tracker_people" ADD CONSTRAINT "tracker_people_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tracker_people_account" ON "tracker_people" USING btree ("program_id","kind","home","account") WHERE account is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "tracker_people_unknown" ON "tracker_people" USING btree ("program_id","kind","home","user_id") WHERE account is null;--> statement-breakpoint
CREATE INDEX "tracker_people_user" ON "tracker_people" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trackers_place" ON "trackers" USING btree ("program_id","kind",coalesce(site, ''),"place") WHERE removed_at is null;