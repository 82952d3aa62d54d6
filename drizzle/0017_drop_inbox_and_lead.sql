UPDATE "programs" SET "lead_ids" = ARRAY["lead_user_id"] WHERE "lead_user_id" IS NOT NULL;--> statement-breakpoint
INSERT INTO "requests" ("workspace_id", "key", "state", "body", "answer", "received_at", "attempts", "lease_until")
	SELECT "workspace_id", "key", CASE WHEN "answer" IS NULL THEN 'recorded' ELSE 'done' END, "body",
		("answer" -> 'said')::text, "received_at", "attempts", "lease_until" FROM "kept_requests";--> statement-breakpoint
INSERT INTO "requests" ("workspace_id", "key", "state", "digest", "answer", "received_at")
	SELECT "workspace_id", "delivery_key", 'closed', "result" ->> 'digest', "result" ->> 'said', "received_at" FROM "inbox"
	WHERE "source" IN ('form', 'slack event') AND "result" IS NOT NULL ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO "maintenance_days" ("on_date", "started_at", "finished_at")
	SELECT "delivery_key"::date, "received_at", "received_at" FROM "inbox"
	WHERE "source" = 'daily' AND "result" IS NOT NULL;--> statement-breakpoint
DROP TABLE "inbox" CASCADE;--> statement-breakpoint
DROP TABLE "kept_requests" CASCADE;--> statement-breakpoint
ALTER TABLE "people" DROP COLUMN "is_admin";--> statement-breakpoint
ALTER TABLE "programs" DROP COLUMN "lead_user_id";