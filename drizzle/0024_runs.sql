CREATE TABLE "signal_runs" (
	"source_id" bigint NOT NULL,
	"path" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ran" bigint NOT NULL,
	CONSTRAINT "signal_runs_source_id_path_starts_at_pk" PRIMARY KEY("source_id","path","starts_at")
);
--> statement-breakpoint
ALTER TABLE "signal_runs" ADD CONSTRAINT "signal_runs_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signal_runs_started" ON "signal_runs" USING btree ("starts_at","source_id");