ALTER TABLE "defects" ALTER COLUMN "affected_total" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "defects" ALTER COLUMN "ticket_total" SET DATA TYPE bigint;