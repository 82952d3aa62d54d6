ALTER TABLE "areas" ADD COLUMN "labels" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "areas" ADD COLUMN "retired_into_id" bigint;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "name_follows_channel" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "channel_state" text;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "channel_is_private" boolean;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "channel_looked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "areas" ADD CONSTRAINT "areas_retired_into" FOREIGN KEY ("retired_into_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "programs" SET "name_follows_channel" = false WHERE "name" NOT LIKE '#%';
