DROP INDEX "defect_events_comebacks";--> statement-breakpoint
ALTER TABLE "defects" ADD COLUMN "proving_resumed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "defect_events_comebacks" ON "defect_events" USING btree ("program_id","defect_id","at") WHERE kind in ('failed', 'reduced', 'regressed');