CREATE TABLE "report_terms" (
	"report_id" bigint NOT NULL,
	"term_id" bigint NOT NULL,
	"title_count" smallint NOT NULL,
	"description_count" smallint NOT NULL,
	"title_length" smallint NOT NULL,
	"description_length" smallint NOT NULL,
	CONSTRAINT "report_terms_term_id_report_id_pk" PRIMARY KEY("term_id","report_id")
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
ALTER TABLE "terms" ADD CONSTRAINT "terms_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_totals" ADD CONSTRAINT "text_totals_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_terms_report" ON "report_terms" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "reports_reporter" ON "reports" USING btree ("defect_id","reporter_id");