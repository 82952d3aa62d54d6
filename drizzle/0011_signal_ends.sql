CREATE TABLE "signal_ends" (
	"source_id" bigint NOT NULL,
	"key" text NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signal_ends_source_id_key_pk" PRIMARY KEY("source_id","key")
);
--> statement-breakpoint
ALTER TABLE "signal_ends" ADD CONSTRAINT "signal_ends_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signal_ends_kept" ON "signal_ends" USING btree ("kept_at");