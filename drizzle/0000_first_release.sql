CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text,
	"kind" text NOT NULL,
	"subject" text,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "criteria" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "criteria_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"defect_id" bigint NOT NULL,
	"criterion" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"met_at" timestamp (3) with time zone,
	"met_by" text,
	"evidence" text
);
--> statement-breakpoint
CREATE TABLE "defect_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "defect_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"defect_id" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text,
	"kind" text NOT NULL,
	"from_state" text,
	"to_state" text,
	"why" text NOT NULL,
	"data" jsonb
);
--> statement-breakpoint
CREATE TABLE "defects" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "defects_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"area_id" bigint NOT NULL,
	"severity" text NOT NULL,
	"state" text NOT NULL,
	"owner_id" text,
	"due_on" date,
	"heat_level" double precision NOT NULL,
	"report_count" integer DEFAULT 0 NOT NULL,
	"reporter_count" integer DEFAULT 0 NOT NULL,
	"affected_total" bigint DEFAULT 0 NOT NULL,
	"ticket_total" bigint DEFAULT 0 NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"escape" text,
	"keeping_note" text,
	"fix_kind" text,
	"root_cause" text,
	"approver_id" text,
	"accepted_at" timestamp (3) with time zone,
	"claimed_at" timestamp (3) with time zone,
	"deployed_at" timestamp (3) with time zone,
	"fixed_environments" text[],
	"window_days" integer,
	"window_ends_at" timestamp (3) with time zone,
	"failed_fixes" integer DEFAULT 0 NOT NULL,
	"regressed_at" timestamp (3) with time zone,
	"merged_into_id" bigint,
	"asked_at" timestamp (3) with time zone,
	"asked_user_id" text,
	"last_triaged_at" timestamp (3) with time zone,
	"defer_streak" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "defects_number" UNIQUE("program_id","number")
);
--> statement-breakpoint
CREATE TABLE "grouping_rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "grouping_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"defect_id" bigint NOT NULL,
	"words" text NOT NULL,
	"area_id" bigint,
	"saved_by" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"stopped_by" text,
	"stopped_at" timestamp (3) with time zone,
	"joined" integer DEFAULT 0 NOT NULL,
	"moved" jsonb
);
--> statement-breakpoint
CREATE TABLE "groupings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "groupings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"verdict" text NOT NULL,
	"a_id" bigint NOT NULL,
	"b_id" bigint NOT NULL,
	"decided_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "groupings_pair" UNIQUE("program_id","a_id","b_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"defect_id" bigint NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"area_id" bigint NOT NULL,
	"severity" text NOT NULL,
	"affected" integer NOT NULL,
	"support_tickets" integer NOT NULL,
	"environment" text,
	"link" text,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"filed_at" timestamp (3) with time zone NOT NULL,
	"reporter_id" text NOT NULL,
	"source" text NOT NULL,
	"source_key" text NOT NULL,
	"vendor" text,
	"fingerprint" text,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"weight" double precision NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	"words_erased_at" timestamp (3) with time zone,
	CONSTRAINT "reports_source_key" UNIQUE("program_id","source","source_key")
);
--> statement-breakpoint
CREATE TABLE "report_terms" (
	"report_id" bigint NOT NULL,
	"term_id" bigint NOT NULL,
	"title_count" smallint NOT NULL,
	"description_count" smallint NOT NULL,
	"title_length" smallint NOT NULL,
	"description_length" smallint NOT NULL,
	CONSTRAINT "report_terms_of_report" PRIMARY KEY("report_id","term_id","title_count","description_count","title_length","description_length")
);
--> statement-breakpoint
CREATE TABLE "terms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "terms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"term" text NOT NULL,
	"report_count" integer NOT NULL,
	CONSTRAINT "terms_term" UNIQUE("program_id","term")
);
--> statement-breakpoint
CREATE TABLE "text_totals" (
	"program_id" bigint PRIMARY KEY NOT NULL,
	"reports" integer NOT NULL,
	"title_words" bigint NOT NULL,
	"description_words" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_paces" (
	"workspace_id" text NOT NULL,
	"channel" text NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_paces_workspace_id_channel_pk" PRIMARY KEY("workspace_id","channel")
);
--> statement-breakpoint
CREATE TABLE "maintenance_days" (
	"on_date" date PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text NOT NULL,
	"program_id" bigint,
	"dedupe_key" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"parent_key" text,
	"target_key" text,
	"thread_ts" text,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"run_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"ambiguous" boolean DEFAULT false NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"leased_by" text,
	"sent_channel" text,
	"sent_ts" text,
	"sent_at" timestamp (3) with time zone,
	"last_error" text,
	"request_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outbox_dedupe" UNIQUE("workspace_id","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"state" text NOT NULL,
	"body" text,
	"digest" text,
	"answer" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	CONSTRAINT "requests_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
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
CREATE TABLE "nudges" (
	"program_id" bigint NOT NULL,
	"user_id" text NOT NULL,
	"on_date" date NOT NULL,
	"defect_ids" bigint[] NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"acted_at" timestamp (3) with time zone,
	CONSTRAINT "nudges_program_id_user_id_on_date_pk" PRIMARY KEY("program_id","user_id","on_date")
);
--> statement-breakpoint
CREATE TABLE "occurrences" (
	"schedule_id" bigint NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "occurrences_schedule_id_due_at_pk" PRIMARY KEY("schedule_id","due_at")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "schedules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"ritual" text NOT NULL,
	"cadence" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"checked_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "schedules_ritual" UNIQUE("program_id","ritual")
);
--> statement-breakpoint
CREATE TABLE "snoozes" (
	"defect_id" bigint NOT NULL,
	"user_id" text NOT NULL,
	"until_on" date NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "snoozes_defect_id_user_id_pk" PRIMARY KEY("defect_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "tranche_defects" (
	"tranche_id" bigint NOT NULL,
	"defect_id" bigint NOT NULL,
	"heat_level" double precision NOT NULL,
	CONSTRAINT "tranche_defects_tranche_id_defect_id_pk" PRIMARY KEY("tranche_id","defect_id")
);
--> statement-breakpoint
CREATE TABLE "tranches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tranches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	CONSTRAINT "tranches_number" UNIQUE("program_id","number")
);
--> statement-breakpoint
CREATE TABLE "triage_items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "triage_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"triage_id" bigint NOT NULL,
	"defect_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"reason" text NOT NULL,
	"streak" integer DEFAULT 0 NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"outcome" text,
	CONSTRAINT "triage_items_defect" UNIQUE("triage_id","defect_id")
);
--> statement-breakpoint
CREATE TABLE "triages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "triages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by" text,
	"facilitator_id" text,
	"late" boolean DEFAULT false NOT NULL,
	"left_out" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "triages_due" UNIQUE("program_id","due_at")
);
--> statement-breakpoint
CREATE TABLE "samples" (
	"program_id" bigint PRIMARY KEY NOT NULL,
	"loaded_by" text NOT NULL,
	"loaded_at" timestamp (3) with time zone NOT NULL,
	"program_created_at" timestamp (3) with time zone NOT NULL,
	"next_number" integer NOT NULL,
	"rows" jsonb NOT NULL
);
--> statement-breakpoint
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
	"progress" jsonb,
	"worked_at" timestamp (3) with time zone,
	CONSTRAINT "signal_deliveries_key" UNIQUE("source_id","delivery_key")
);
--> statement-breakpoint
CREATE TABLE "signal_ends" (
	"source_id" bigint NOT NULL,
	"key" text NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signal_ends_source_id_key_pk" PRIMARY KEY("source_id","key")
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
CREATE TABLE "areas" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "areas_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "areas_name" UNIQUE("program_id","name")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"refreshed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "people_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "programs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "programs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"channel_id" text NOT NULL,
	"time_zone" text NOT NULL,
	"working_days" integer[] NOT NULL,
	"holidays" date[] NOT NULL,
	"lead_ids" text[] DEFAULT '{}' NOT NULL,
	"decider_ids" text[],
	"strangers_may_report" boolean DEFAULT false NOT NULL,
	"facilitator_ids" text[] NOT NULL,
	"half_life_days" integer NOT NULL,
	"agenda_limit" integer NOT NULL,
	"tranche_weeks" integer NOT NULL,
	"charts" text DEFAULT 'pictures' NOT NULL,
	"is_default" boolean NOT NULL,
	"next_number" integer DEFAULT 1 NOT NULL,
	"report_words_days" integer,
	"delivery_days" integer DEFAULT 30 NOT NULL,
	"audit_days" integer DEFAULT 730 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "programs_channel" UNIQUE("workspace_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"bot_user_id" text NOT NULL,
	"native_charts_refused_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "criteria" ADD CONSTRAINT "criteria_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "defect_events" ADD CONSTRAINT "defect_events_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "defect_events" ADD CONSTRAINT "defect_events_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "defects" ADD CONSTRAINT "defects_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "defects" ADD CONSTRAINT "defects_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "defects" ADD CONSTRAINT "defects_merged_into" FOREIGN KEY ("merged_into_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_rules" ADD CONSTRAINT "grouping_rules_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_rules" ADD CONSTRAINT "grouping_rules_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_rules" ADD CONSTRAINT "grouping_rules_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groupings" ADD CONSTRAINT "groupings_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "terms" ADD CONSTRAINT "terms_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_totals" ADD CONSTRAINT "text_totals_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_metrics" ADD CONSTRAINT "area_metrics_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_metrics" ADD CONSTRAINT "area_metrics_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "firing_counts" ADD CONSTRAINT "firing_counts_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_pushes" ADD CONSTRAINT "metric_pushes_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_pushes" ADD CONSTRAINT "metric_pushes_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_readings" ADD CONSTRAINT "metric_readings_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nudges" ADD CONSTRAINT "nudges_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snoozes" ADD CONSTRAINT "snoozes_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranche_defects" ADD CONSTRAINT "tranche_defects_tranche_id_tranches_id_fk" FOREIGN KEY ("tranche_id") REFERENCES "public"."tranches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranche_defects" ADD CONSTRAINT "tranche_defects_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tranches" ADD CONSTRAINT "tranches_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triage_items" ADD CONSTRAINT "triage_items_triage_id_triages_id_fk" FOREIGN KEY ("triage_id") REFERENCES "public"."triages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triage_items" ADD CONSTRAINT "triage_items_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triages" ADD CONSTRAINT "triages_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_deliveries" ADD CONSTRAINT "signal_deliveries_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_ends" ADD CONSTRAINT "signal_ends_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_occurrences" ADD CONSTRAINT "signal_occurrences_source_id_signal_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."signal_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_occurrences" ADD CONSTRAINT "signal_occurrences_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_sources" ADD CONSTRAINT "signal_sources_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_sources" ADD CONSTRAINT "signal_sources_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "areas" ADD CONSTRAINT "areas_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programs" ADD CONSTRAINT "programs_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_program" ON "audit_entries" USING btree ("program_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("program_id","at");--> statement-breakpoint
CREATE INDEX "criteria_defect" ON "criteria" USING btree ("defect_id");--> statement-breakpoint
CREATE INDEX "defect_events_defect" ON "defect_events" USING btree ("defect_id","id");--> statement-breakpoint
CREATE INDEX "defect_events_window" ON "defect_events" USING btree ("program_id","at");--> statement-breakpoint
CREATE INDEX "defects_rank" ON "defects" USING btree ("program_id","heat_level" DESC NULLS LAST,"first_seen_at","number") WHERE state in ('new', 'accepted', 'claimed');--> statement-breakpoint
CREATE INDEX "defects_owner" ON "defects" USING btree ("program_id","owner_id");--> statement-breakpoint
CREATE INDEX "defects_title_trigrams" ON "defects" USING gin (lower("title") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "grouping_rules_program" ON "grouping_rules" USING btree ("program_id");--> statement-breakpoint
CREATE INDEX "reports_defect" ON "reports" USING btree ("defect_id","seen_at");--> statement-breakpoint
CREATE INDEX "reports_reporter" ON "reports" USING btree ("defect_id","reporter_id");--> statement-breakpoint
CREATE INDEX "reports_seen" ON "reports" USING btree ("program_id","seen_at");--> statement-breakpoint
CREATE INDEX "reports_fingerprint" ON "reports" USING btree ("program_id","fingerprint");--> statement-breakpoint
CREATE INDEX "reports_with_words" ON "reports" USING btree ("program_id","filed_at") WHERE words_erased_at is null;--> statement-breakpoint
CREATE INDEX "report_terms_postings" ON "report_terms" USING btree ("term_id","report_id","title_count","description_count","title_length","description_length");--> statement-breakpoint
CREATE INDEX "channel_paces_next" ON "channel_paces" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "maintenance_days_started" ON "maintenance_days" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "outbox_settled" ON "outbox" USING btree ("created_at") WHERE state <> 'due';--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("run_at","id") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX "outbox_target" ON "outbox" USING btree ("workspace_id","target_key") WHERE state in ('due', 'dead');--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("created_at") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "outbox_sent" ON "outbox" USING btree ("workspace_id","sent_channel","sent_ts") WHERE sent_ts is not null;--> statement-breakpoint
CREATE INDEX "requests_lease" ON "requests" USING btree ("lease_until") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "requests_received" ON "requests" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "area_metrics_program" ON "area_metrics" USING btree ("program_id");--> statement-breakpoint
CREATE INDEX "firing_counts_ended" ON "firing_counts" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "metric_pushes_area" ON "metric_pushes" USING btree ("area_id","ends_at");--> statement-breakpoint
CREATE INDEX "metric_pushes_ended" ON "metric_pushes" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "metric_readings_ended" ON "metric_readings" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "nudges_sent" ON "nudges" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "occurrences_due" ON "occurrences" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "triage_items_defect_id" ON "triage_items" USING btree ("defect_id");--> statement-breakpoint
CREATE UNIQUE INDEX "triages_one_open" ON "triages" USING btree ("program_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "releases_released" ON "releases" USING btree ("program_id","released_at");--> statement-breakpoint
CREATE INDEX "signal_deliveries_waiting" ON "signal_deliveries" USING btree ("source_id","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "signal_deliveries_latest" ON "signal_deliveries" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "signal_deliveries_received" ON "signal_deliveries" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "signal_ends_kept" ON "signal_ends" USING btree ("kept_at");--> statement-breakpoint
CREATE INDEX "signal_occurrences_report" ON "signal_occurrences" USING btree ("report_id","account");--> statement-breakpoint
CREATE INDEX "signal_sources_program" ON "signal_sources" USING btree ("program_id");