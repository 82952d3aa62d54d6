DROP INDEX "reports_seen";--> statement-breakpoint
CREATE INDEX "defect_events_transitions" ON "defect_events" USING btree ("program_id","at","kind","from_state","to_state","defect_id","id") WHERE to_state is not null;--> statement-breakpoint
CREATE INDEX "defect_events_claims" ON "defect_events" USING btree ("program_id","at") WHERE kind = 'claimed';--> statement-breakpoint
CREATE INDEX "defect_events_comebacks" ON "defect_events" USING btree ("program_id","defect_id","at") WHERE kind in ('failed', 'regressed');--> statement-breakpoint
CREATE INDEX "defects_open" ON "defects" USING btree ("program_id","state","owner_id","heat_level") WHERE state in ('new', 'accepted', 'claimed');--> statement-breakpoint
CREATE INDEX "defects_escapes" ON "defects" USING btree ("program_id","accepted_at","escape") WHERE escape is not null;--> statement-breakpoint
CREATE INDEX "reports_filed" ON "reports" USING btree ("program_id","filed_at");--> statement-breakpoint
CREATE INDEX "reports_seen" ON "reports" USING btree ("program_id","seen_at","defect_id","filed_at","weight","affected","support_tickets");