CREATE TABLE "kept_requests" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"body" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"answer" jsonb,
	CONSTRAINT "kept_requests_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
DROP INDEX "outbox_thread";--> statement-breakpoint
CREATE INDEX "kept_requests_lease" ON "kept_requests" USING btree ("lease_until");