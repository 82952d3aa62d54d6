CREATE TABLE "office_members" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "office_members_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"program_id" bigint NOT NULL,
	"office_id" bigint NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "offices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "offices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"rolled_up_for" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "offices_channel" UNIQUE("workspace_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "quarter_reports" (
	"program_id" bigint NOT NULL,
	"quarter" text NOT NULL,
	"facts" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "quarter_reports_program_id_quarter_pk" PRIMARY KEY("program_id","quarter")
);
--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "exit_open_under" integer;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "exit_hold_percent" integer;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "exit_objective_weeks" integer;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "exit_asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "exit_asked_in" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "programs" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "office_members" ADD CONSTRAINT "office_members_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_members" ADD CONSTRAINT "office_members_office_id_offices_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."offices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offices" ADD CONSTRAINT "offices_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarter_reports" ADD CONSTRAINT "quarter_reports_program_id_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "office_members_office" ON "office_members" USING btree ("office_id");--> statement-breakpoint
CREATE UNIQUE INDEX "office_members_one" ON "office_members" USING btree ("program_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "offices_rolled_up" ON "offices" USING btree ("rolled_up_for");