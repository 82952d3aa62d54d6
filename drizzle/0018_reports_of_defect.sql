DROP INDEX "reports_defect";--> statement-breakpoint
CREATE INDEX "reports_defect" ON "reports" USING btree ("defect_id","seen_at","affected","support_tickets");