DROP INDEX "outbox_target";--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("created_at") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "outbox_target" ON "outbox" USING btree ("workspace_id","target_key") WHERE state in ('due', 'dead');