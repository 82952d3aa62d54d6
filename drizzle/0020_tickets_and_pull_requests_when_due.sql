ALTER TABLE "pull_requests" ADD COLUMN "calls" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "agreed_due_theirs_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "due_given" jsonb;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "agreed_owner_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "agreed_assigned_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "pull_requests_next" ON "pull_requests" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
UPDATE "pull_requests" SET "next_at" = now() WHERE "next_at" IS NULL;
