ALTER TABLE "tickets" ADD COLUMN "agreed_due_ours" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "agreed_due_theirs" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "due_agreed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "site" text;--> statement-breakpoint
ALTER TABLE "trackers" ADD COLUMN "account_name" text;--> statement-breakpoint
-- From now on a ticket is made due by what happens to its defect. What happened before is looked at once.
UPDATE "tickets" SET "due_at" = now() WHERE "unlinked_at" IS NULL AND "due_at" IS NULL AND "trouble" IS NULL;
