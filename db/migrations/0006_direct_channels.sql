CREATE TABLE "direct_channels" (
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"channel_id" text NOT NULL,
	CONSTRAINT "direct_channels_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "direct_channels" ADD CONSTRAINT "direct_channels_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;