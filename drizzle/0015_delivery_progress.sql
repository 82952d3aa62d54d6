DROP INDEX "signal_deliveries_waiting";--> statement-breakpoint
ALTER TABLE "signal_deliveries" ADD COLUMN "progress" jsonb;--> statement-breakpoint
CREATE INDEX "signal_deliveries_waiting" ON "signal_deliveries" USING btree ("source_id","id") WHERE state = 'waiting';