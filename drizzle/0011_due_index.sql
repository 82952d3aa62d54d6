ALTER TABLE "schedules" ADD COLUMN "next_due_at" timestamp (3) with time zone DEFAULT 'epoch' NOT NULL;--> statement-breakpoint
ALTER TABLE "schedules" ADD COLUMN "looked_at" timestamp (3) with time zone DEFAULT 'epoch' NOT NULL;--> statement-breakpoint
ALTER TABLE "schedules" ADD COLUMN "reckoned_by" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "live_messages_defects" ON "live_messages" USING gin ("defect_ids");--> statement-breakpoint
CREATE INDEX "area_metrics_asked" ON "area_metrics" USING btree (coalesce(read_again_at, '-infinity')) WHERE question is not null;--> statement-breakpoint
CREATE INDEX "schedules_next_due" ON "schedules" USING btree ("next_due_at") WHERE enabled;--> statement-breakpoint
CREATE INDEX "schedules_looked" ON "schedules" USING btree ("looked_at") WHERE enabled;--> statement-breakpoint
CREATE INDEX "triages_closing" ON "triages" USING btree ("closes_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "trackers_poll" ON "trackers" USING btree ("poll_at") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "programs_channel_looked" ON "programs" USING btree (coalesce(channel_looked_at, '-infinity'));--> statement-breakpoint
-- Whoever owns, is asked, leads or facilitates, and the clocks of these people, are written in many places: where one of
-- them forgot to say so, reminders would be late without a word.
CREATE FUNCTION look_at_programs_again(program_ids bigint[], rituals text[]) RETURNS void LANGUAGE sql AS $$
  UPDATE schedules SET next_due_at = 'epoch' WHERE id IN (
    SELECT id FROM schedules WHERE program_id = ANY(program_ids) AND ritual = ANY(rituals) ORDER BY id FOR NO KEY UPDATE
  );
$$;
--> statement-breakpoint
CREATE FUNCTION look_again_at_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM written WHERE owner_id IS NOT NULL OR asked_user_id IS NOT NULL) THEN
    PERFORM look_at_programs_again(
      ARRAY(SELECT DISTINCT program_id FROM written WHERE owner_id IS NOT NULL OR asked_user_id IS NOT NULL),
      '{reminders}'
    );
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION look_again_at_changed_owners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[] := ARRAY(
  SELECT DISTINCT written.program_id FROM written JOIN before USING (id)
  WHERE (written.owner_id IS NOT NULL OR written.asked_user_id IS NOT NULL)
    AND (written.owner_id, written.asked_user_id, written.state, written.is_sample)
      IS DISTINCT FROM (before.owner_id, before.asked_user_id, before.state, before.is_sample)
);
BEGIN
  IF changed <> '{}' THEN PERFORM look_at_programs_again(changed, '{reminders}'); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION look_again_at_program() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM look_at_programs_again(ARRAY[NEW.id], '{reminders,triage}');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION look_again_at_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM look_at_programs_again(
    ARRAY(SELECT id FROM programs WHERE workspace_id = NEW.workspace_id), '{reminders,triage}'
  );
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER defects_have_owners AFTER INSERT ON defects
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION look_again_at_owners();
--> statement-breakpoint
CREATE TRIGGER defects_changed_owners AFTER UPDATE ON defects
  REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION look_again_at_changed_owners();
--> statement-breakpoint
CREATE TRIGGER programs_changed_people AFTER UPDATE ON programs FOR EACH ROW
  WHEN ((OLD.lead_ids, OLD.facilitator_ids, OLD.working_days, OLD.holidays, OLD.time_zone)
    IS DISTINCT FROM (NEW.lead_ids, NEW.facilitator_ids, NEW.working_days, NEW.holidays, NEW.time_zone))
  EXECUTE FUNCTION look_again_at_program();
--> statement-breakpoint
CREATE TRIGGER people_came AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION look_again_at_person();
--> statement-breakpoint
CREATE TRIGGER people_changed_clocks AFTER UPDATE ON people FOR EACH ROW
  WHEN ((OLD.time_zone, OLD.is_active) IS DISTINCT FROM (NEW.time_zone, NEW.is_active))
  EXECUTE FUNCTION look_again_at_person();
