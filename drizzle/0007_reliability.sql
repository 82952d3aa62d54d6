CREATE TABLE "area_metrics" (
	"area_id" bigint PRIMARY KEY NOT NULL,
	"program_id" bigint NOT NULL,
	"target" double precision,
	"period_days" integer NOT NULL,
	"threshold_seconds" double precision,
	"question" jsonb,
	"trouble" jsonb,
	"troubled_since" timestamp (3) with time zone,
	"good_until" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"read_again_at" timestamp (3) with time zone,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "firing_counts" (
	"area_id" bigint NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"bad" double precision,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "firing_counts_area_id_starts_at_ends_at_pk" PRIMARY KEY("area_id","starts_at","ends_at")
);
--> statement-breakpoint
CREATE TABLE "metric_pushes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "metric_pushes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" bigint NOT NULL,
	"area_id" bigint NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"uptime" double precision,
	"bad" double precision NOT NULL,
	"total" double precision NOT NULL,
	"p99_seconds" double precision,
	"p99_above" double precision,
	"p99_up_to" double precision,
	"slow" double precision,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "metric_pushes_span" UNIQUE("source_id","starts_at","ends_at")
);
--> statement-breakpoint
CREATE TABLE "metric_readings" (
	"area_id" bigint NOT NULL,
	"span" text NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"uptime" double precision,
	"bad" double precision,
	"total" double precision,
	"p99_seconds" double precision,
	"p99_above" double precision,
	"p99_up_to" double precision,
	"slow" double precision,
	"slow_of" double precision,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "metric_readings_area_id_span_ends_at_pk" PRIMARY KEY("area_id","span","ends_at")
);
--> statement-breakpoint
ALTER TABLE "area_metrics" ADD CONSTRAINT "area_metrics_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_metrics" ADD CONSTRAINT "area_metrics_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "firing_counts" ADD CONSTRAINT "firing_counts_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_pushes" ADD CONSTRAINT "metric_pushes_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_pushes" ADD CONSTRAINT "metric_pushes_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_readings" ADD CONSTRAINT "metric_readings_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "area_metrics_program" ON "area_metrics" USING btree ("program_id");--> statement-breakpoint
CREATE INDEX "firing_counts_ended" ON "firing_counts" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "metric_pushes_area" ON "metric_pushes" USING btree ("area_id","ends_at");--> statement-breakpoint
CREATE INDEX "metric_pushes_ended" ON "metric_pushes" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "metric_readings_ended" ON "metric_readings" USING btree ("ends_at");