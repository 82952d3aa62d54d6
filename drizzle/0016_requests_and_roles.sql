CREATE TABLE "maintenance_days" (
	"on_date" date PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"state" text NOT NULL,
	"body" text,
	"digest" text,
	"answer" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	CONSTRAINT "requests_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "lead_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "decider_ids" text[];--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "strangers_may_report" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "maintenance_days_started" ON "maintenance_days" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "requests_lease" ON "requests" USING btree ("lease_until") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "requests_received" ON "requests" USING btree ("received_at");