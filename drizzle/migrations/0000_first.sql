CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_usage" (
	"connection_id" bigint NOT NULL,
	"system" text NOT NULL,
	"day" text NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"org_used" integer,
	"org_limit" integer,
	CONSTRAINT "api_usage_connection_id_system_day_pk" PRIMARY KEY("connection_id","system","day")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attempt_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"record_id" bigint NOT NULL,
	"direction" text NOT NULL,
	"version" integer NOT NULL,
	"mapping_version_id" bigint,
	"object" text,
	"salesforce_id" text,
	"outcome" text NOT NULL,
	"fault" jsonb,
	"before" jsonb,
	"after" jsonb,
	"call_id" uuid,
	"call_rows" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "connection_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"institution" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"settings" jsonb NOT NULL,
	"org" jsonb,
	"blocked_until" timestamp with time zone,
	"blocked_by" jsonb,
	"blocked_times" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_institution_unique" UNIQUE("institution")
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"connection_id" bigint NOT NULL,
	"name" text NOT NULL,
	"cipher_text" text NOT NULL,
	"reference" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credential_connection_id_name_pk" PRIMARY KEY("connection_id","name")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"stream" text NOT NULL,
	"payload_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"raw" text NOT NULL,
	"note" text,
	"outcome" text,
	"fault" jsonb
);
--> statement-breakpoint
CREATE TABLE "event_record" (
	"event_id" bigint NOT NULL,
	"record_id" bigint NOT NULL,
	"direction" text NOT NULL,
	"version" integer NOT NULL,
	"outcome" text,
	CONSTRAINT "event_record_event_id_record_id_pk" PRIMARY KEY("event_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "gate" (
	"connection_id" bigint NOT NULL,
	"system" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "gate_connection_id_system_pk" PRIMARY KEY("connection_id","system")
);
--> statement-breakpoint
CREATE TABLE "link" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "link_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"record_id" bigint NOT NULL,
	"mapping_id" bigint NOT NULL,
	"object" text NOT NULL,
	"salesforce_id" text NOT NULL,
	"key" text NOT NULL,
	"head" boolean DEFAULT true NOT NULL,
	"base" jsonb NOT NULL,
	"base_version" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "link_record_mapping" UNIQUE("record_id","mapping_id")
);
--> statement-breakpoint
CREATE TABLE "mapping" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mapping_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"name" text NOT NULL,
	"direction" text NOT NULL,
	"kind" text NOT NULL,
	"draft" jsonb NOT NULL,
	"draft_revision" integer DEFAULT 1 NOT NULL,
	"draft_by" text,
	"draft_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_version_id" bigint,
	CONSTRAINT "mapping_name" UNIQUE("connection_id","name")
);
--> statement-breakpoint
CREATE TABLE "mapping_version" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mapping_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"mapping_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"document" jsonb NOT NULL,
	"comment" text NOT NULL,
	"published_by" text NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mapping_version_number" UNIQUE("mapping_id","number")
);
--> statement-breakpoint
CREATE TABLE "org_object" (
	"connection_id" bigint NOT NULL,
	"object" text NOT NULL,
	"describe" jsonb NOT NULL,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "org_object_connection_id_object_pk" PRIMARY KEY("connection_id","object")
);
--> statement-breakpoint
CREATE TABLE "record" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"family" text NOT NULL,
	"key" text NOT NULL,
	"kind" text,
	"contact_id" text,
	"latest_contact_id" text,
	"parent_id" bigint,
	"s360_state" jsonb,
	"label" text,
	"search_terms" text[] DEFAULT '{}'::text[] NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_key" UNIQUE("connection_id","family","key")
);
--> statement-breakpoint
CREATE TABLE "record_direction" (
	"record_id" bigint NOT NULL,
	"direction" text NOT NULL,
	"connection_id" bigint NOT NULL,
	"stream" text NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"synced_version" integer DEFAULT 0 NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lane" smallint NOT NULL,
	"fault" jsonb,
	"written_at" timestamp with time zone,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_direction_record_id_direction_pk" PRIMARY KEY("record_id","direction")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "stream" (
	"connection_id" bigint NOT NULL,
	"name" text NOT NULL,
	"paused_at" timestamp with time zone,
	"paused_by" text,
	"last_received_at" timestamp with time zone,
	"last_written_at" timestamp with time zone,
	CONSTRAINT "stream_connection_id_name_pk" PRIMARY KEY("connection_id","name")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "value_map" (
	"connection_id" bigint NOT NULL,
	"name" text NOT NULL,
	"entries" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "value_map_connection_id_name_pk" PRIMARY KEY("connection_id","name")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waiting" (
	"record_id" bigint NOT NULL,
	"awaited_id" bigint NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waiting_record_id_awaited_id_pk" PRIMARY KEY("record_id","awaited_id")
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_usage" ADD CONSTRAINT "api_usage_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_record" ADD CONSTRAINT "event_record_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."event"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_record" ADD CONSTRAINT "event_record_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate" ADD CONSTRAINT "gate_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mapping" ADD CONSTRAINT "mapping_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mapping_version" ADD CONSTRAINT "mapping_version_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "org_object" ADD CONSTRAINT "org_object_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record" ADD CONSTRAINT "record_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_direction" ADD CONSTRAINT "record_direction_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream" ADD CONSTRAINT "stream_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "value_map" ADD CONSTRAINT "value_map_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_awaited_id_record_id_fk" FOREIGN KEY ("awaited_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempt_record" ON "attempt" USING btree ("record_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_connection" ON "audit_log" USING btree ("connection_id","id");--> statement-breakpoint
CREATE INDEX "event_received" ON "event" USING btree ("connection_id","stream","received_at");--> statement-breakpoint
CREATE INDEX "event_ended" ON "event" USING btree ("connection_id","received_at","id") WHERE outcome is not null;--> statement-breakpoint
CREATE INDEX "event_record_open" ON "event_record" USING btree ("record_id","direction","version") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "event_record_record" ON "event_record" USING btree ("record_id","event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "link_head" ON "link" USING btree ("connection_id","salesforce_id","mapping_id") WHERE head;--> statement-breakpoint
CREATE INDEX "link_salesforce_id" ON "link" USING btree ("salesforce_id");--> statement-breakpoint
CREATE INDEX "record_parent" ON "record" USING btree ("parent_id") WHERE parent_id is not null;--> statement-breakpoint
CREATE INDEX "record_search" ON "record" USING gin (array_to_tsvector(search_terms));--> statement-breakpoint
CREATE INDEX "record_recent" ON "record" USING btree ("connection_id","family","updated_at");--> statement-breakpoint
CREATE INDEX "record_direction_due" ON "record_direction" USING btree ("connection_id","stream","lane","due_at","record_id") WHERE state in ('pending', 'retrying');--> statement-breakpoint
CREATE INDEX "record_direction_state" ON "record_direction" USING btree ("connection_id","stream","state");--> statement-breakpoint
CREATE INDEX "waiting_awaited" ON "waiting" USING btree ("awaited_id");