ALTER TABLE "releases" DROP CONSTRAINT "releases_version";--> statement-breakpoint
ALTER TABLE "pull_requests" ADD COLUMN "shipped_to" jsonb;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD COLUMN "missing" jsonb;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "repository" text;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "commit" text;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "branch" text;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "area_named" text;--> statement-breakpoint
ALTER TABLE "releases" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_version" UNIQUE NULLS NOT DISTINCT("program_id","version","environment","repository","area_named");