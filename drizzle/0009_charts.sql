ALTER TABLE "programs" ADD COLUMN "charts" text DEFAULT 'pictures' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "native_charts_refused_at" timestamp (3) with time zone;