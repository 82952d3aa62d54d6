CREATE TABLE "signal_left_out" (
	"source_id" bigint NOT NULL,
	"seen_on" date NOT NULL,
	"event" text NOT NULL,
	"why" text NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signal_left_out_source_id_seen_on_event_why_pk" PRIMARY KEY("source_id","seen_on","event","why")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "starts" integer;--> statement-breakpoint
UPDATE "reports" SET "starts" = "occurrences" WHERE "source" = 'signal';--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "facts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "signal_occurrences" ADD COLUMN "names" text[];--> statement-breakpoint
ALTER TABLE "signal_sources" ADD COLUMN "rules" jsonb;--> statement-breakpoint
ALTER TABLE "signal_left_out" ADD CONSTRAINT "signal_left_out_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signal_left_out_last" ON "signal_left_out" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "signal_occurrences_names" ON "signal_occurrences" USING gin ("names") WHERE names is not null;