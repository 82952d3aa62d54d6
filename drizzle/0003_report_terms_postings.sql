DROP INDEX "report_terms_report";--> statement-breakpoint
ALTER TABLE "report_terms" DROP CONSTRAINT "report_terms_term_id_report_id_pk";--> statement-breakpoint
ALTER TABLE "report_terms" ADD CONSTRAINT "report_terms_report_id_term_id_pk" PRIMARY KEY("report_id","term_id");--> statement-breakpoint
CREATE INDEX "report_terms_postings" ON "report_terms" USING btree ("term_id","report_id","title_count","description_count","title_length","description_length");