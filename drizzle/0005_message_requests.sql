ALTER TABLE "outbox" ADD COLUMN "request_id" text;--> statement-breakpoint
CREATE INDEX "nudges_sent" ON "nudges" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "occurrences_due" ON "occurrences" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "outbox_settled" ON "outbox" USING btree ("created_at") WHERE state <> 'due';