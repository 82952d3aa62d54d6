ALTER TABLE "text_totals" ADD COLUMN "chance_offset" double precision;--> statement-breakpoint
ALTER TABLE "text_totals" ADD COLUMN "chance_slope" double precision;--> statement-breakpoint
ALTER TABLE "text_totals" ADD COLUMN "chance_fitted_at" timestamp (3) with time zone;