CREATE TABLE "installations" (
	"id" text PRIMARY KEY NOT NULL,
	"is_organisation" boolean NOT NULL,
	"name" text NOT NULL,
	"bot_id" text NOT NULL,
	"bot_user_id" text NOT NULL,
	"scopes" text[] NOT NULL,
	"installed_by" text NOT NULL,
	"bot_token" text NOT NULL,
	"refresh_token" text,
	"token_expires_at" timestamp (3) with time zone,
	"refresh_lease_until" timestamp (3) with time zone,
	"installed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "organisation_id" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "served_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "left_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "installations_expiring" ON "installations" USING btree ("token_expires_at");