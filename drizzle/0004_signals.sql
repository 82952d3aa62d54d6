CREATE TABLE "releases" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "releases_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"version" text NOT NULL,
	"environment" text,
	"link" text,
	"released_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "releases_version" UNIQUE NULLS NOT DISTINCT("program_id","version","environment")
);
--> statement-breakpoint
CREATE TABLE "signal_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "signal_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" bigint NOT NULL,
	"delivery_key" text NOT NULL,
	"event" text,
	"body" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"repeats" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"became" text,
	"outcome" text,
	"worked_at" timestamp (3) with time zone,
	CONSTRAINT "signal_deliveries_key" UNIQUE("source_id","delivery_key")
);
--> statement-breakpoint
CREATE TABLE "signal_occurrences" (
	"source_id" bigint NOT NULL,
	"key" text NOT NULL,
	"report_id" bigint NOT NULL,
	"account" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	CONSTRAINT "signal_occurrences_source_id_key_pk" PRIMARY KEY("source_id","key")
);
--> statement-breakpoint
CREATE TABLE "signal_sources" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "signal_sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"area_id" bigint NOT NULL,
	"severity" text NOT NULL,
	"mapping" jsonb,
	"token_hash" text NOT NULL,
	"secrets" jsonb NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"refusals" integer DEFAULT 0 NOT NULL,
	"last_refused_at" timestamp (3) with time zone,
	"last_refusal" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signal_sources_token" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "occurrences" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_deliveries" ADD CONSTRAINT "signal_deliveries_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_occurrences" ADD CONSTRAINT "signal_occurrences_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_occurrences" ADD CONSTRAINT "signal_occurrences_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_sources" ADD CONSTRAINT "signal_sources_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_sources" ADD CONSTRAINT "signal_sources_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "releases_released" ON "releases" USING btree ("program_id","released_at");--> statement-breakpoint
CREATE INDEX "signal_deliveries_waiting" ON "signal_deliveries" USING btree ("id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "signal_deliveries_latest" ON "signal_deliveries" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "signal_deliveries_received" ON "signal_deliveries" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "signal_occurrences_report" ON "signal_occurrences" USING btree ("report_id","account");--> statement-breakpoint
CREATE INDEX "signal_sources_program" ON "signal_sources" USING btree ("program_id");