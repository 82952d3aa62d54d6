CREATE TABLE "live_messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "live_messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"user_id" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"told" jsonb NOT NULL,
	"defect_ids" bigint[] NOT NULL,
	"shown_event_ids" bigint[] NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "open_homes" (
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"program_id" bigint NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"shown_event_id" bigint NOT NULL,
	CONSTRAINT "open_homes_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "live_messages" ADD CONSTRAINT "live_messages_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_homes" ADD CONSTRAINT "open_homes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_homes" ADD CONSTRAINT "open_homes_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "live_messages_user" ON "live_messages" USING btree ("workspace_id","user_id");--> statement-breakpoint
CREATE INDEX "live_messages_sent" ON "live_messages" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "open_homes_opened" ON "open_homes" USING btree ("opened_at");