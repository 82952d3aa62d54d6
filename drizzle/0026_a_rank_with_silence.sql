DROP INDEX "defects_rank";--> statement-breakpoint
ALTER TABLE "defects" ADD COLUMN "quiet_halvings" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "defects" ADD COLUMN "rank_level" double precision GENERATED ALWAYS AS (heat_level - quiet_halvings) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "defects_heat" ON "defects" USING btree ("program_id","heat_level" DESC NULLS LAST,"first_seen_at","number") WHERE state in ('new', 'accepted', 'claimed');--> statement-breakpoint
CREATE INDEX "defects_rank" ON "defects" USING btree ("program_id","rank_level" DESC NULLS LAST,"first_seen_at","number") WHERE state in ('new', 'accepted', 'claimed');