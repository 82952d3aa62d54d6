CREATE TABLE "known_weeks" (
	"program_id" bigint NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"areas" jsonb NOT NULL,
	"is_settled" boolean NOT NULL,
	CONSTRAINT "known_weeks_program_id_ends_at_starts_at_pk" PRIMARY KEY("program_id","ends_at","starts_at")
);
--> statement-breakpoint
ALTER TABLE "known_weeks" ADD CONSTRAINT "known_weeks_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Reports are filed, moved, joined, counted anew and deleted in many places, with times of today and of years ago: where
-- one of them forgot to say so, digests would go on saying what is not true any more.
CREATE FUNCTION known_weeks_lock(of_program bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS $$
  SELECT hashtextextended('known weeks ' || of_program, 0);
$$;
--> statement-breakpoint
CREATE FUNCTION forget_weeks(program_ids bigint[], seen timestamptz[], filed timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever counts a week in order to store it waits for this transaction, or has stored it before.
  PERFORM pg_advisory_xact_lock_shared(known_weeks_lock(one)) FROM (
    SELECT DISTINCT unnest(program_ids) AS one ORDER BY one
  ) each;
  DELETE FROM known_weeks week USING unnest(program_ids, seen, filed) AS report (program_id, seen_at, filed_at)
  WHERE week.program_id = report.program_id AND week.ends_at >= report.seen_at AND week.starts_at < report.seen_at
    AND (report.filed_at <= week.ends_at OR (week.is_settled AND report.filed_at <= week.ends_at + interval '336 hours'));
END $$;
--> statement-breakpoint
CREATE FUNCTION forget_weeks_of_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM forget_weeks(array_agg(program_id), array_agg(seen_at), array_agg(filed_at)) FROM touched HAVING count(*) > 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION forget_weeks_of_changed_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM forget_weeks(array_agg(program_id), array_agg(seen_at), array_agg(filed_at)) FROM (
    SELECT side.program_id, side.seen_at, side.filed_at FROM before JOIN after USING (id)
    CROSS JOIN LATERAL (VALUES
      (before.program_id, before.seen_at, before.filed_at), (after.program_id, after.seen_at, after.filed_at)
    ) AS side (program_id, seen_at, filed_at)
    WHERE (before.program_id, before.defect_id, before.seen_at, before.filed_at, before.support_tickets)
      IS DISTINCT FROM (after.program_id, after.defect_id, after.seen_at, after.filed_at, after.support_tickets)
  ) AS touched HAVING count(*) > 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION forget_weeks_of_defect() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM forget_weeks(array_agg(program_id), array_agg(seen_at), array_agg(filed_at))
  FROM reports WHERE defect_id = NEW.id HAVING count(*) > 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reports_came AFTER INSERT ON reports
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION forget_weeks_of_reports();
--> statement-breakpoint
CREATE TRIGGER reports_went AFTER DELETE ON reports
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION forget_weeks_of_reports();
--> statement-breakpoint
CREATE TRIGGER reports_changed AFTER UPDATE ON reports
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION forget_weeks_of_changed_reports();
--> statement-breakpoint
CREATE TRIGGER defects_changed_areas AFTER UPDATE ON defects FOR EACH ROW
  WHEN (OLD.area_id IS DISTINCT FROM NEW.area_id) EXECUTE FUNCTION forget_weeks_of_defect();
