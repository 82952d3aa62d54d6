ALTER TABLE "defects" ADD COLUMN "reached_all_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "defects" ADD COLUMN "deployment_witness" text;