ALTER TABLE "trackers" ADD COLUMN "history_by" text;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "history_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "history_from" text;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "history_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "history_tally" jsonb;--> statement-breakpoint
CREATE INDEX "tickets_url" ON "tickets" USING btree ("program_id","url");--> statement-breakpoint
CREATE INDEX "trackers_history" ON "trackers" USING btree ("history_due_at") WHERE history_due_at is not null;