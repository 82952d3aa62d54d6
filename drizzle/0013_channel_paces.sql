CREATE TABLE "channel_paces" (
	"workspace_id" text NOT NULL,
	"channel" text NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_paces_workspace_id_channel_pk" PRIMARY KEY("workspace_id","channel")
);
--> statement-breakpoint
CREATE INDEX "channel_paces_next" ON "channel_paces" USING btree ("next_at");