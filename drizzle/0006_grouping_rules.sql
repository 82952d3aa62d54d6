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
ALTER TABLE "grouping_rules" ADD CONSTRAINT "grouping_rules_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_rules" ADD CONSTRAINT "grouping_rules_defect_id_defects_id_fk" FOREIGN KEY ("defect_id") REFERENCES "public"."defects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_rules" ADD CONSTRAINT "grouping_rules_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grouping_rules_program" ON "grouping_rules" USING btree ("program_id");