CREATE TABLE "named" (
	"connection_id" bigint NOT NULL,
	"family" text NOT NULL,
	"key" text NOT NULL,
	"named_at" timestamp with time zone DEFAULT now() NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asking_until" timestamp with time zone,
	CONSTRAINT "named_connection_id_family_key_pk" PRIMARY KEY("connection_id","family","key")
);
--> statement-breakpoint
CREATE TABLE "payload" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "payload_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"stream" text NOT NULL,
	"payload_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"body" text NOT NULL,
	"items" integer NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"fault" jsonb
);
--> statement-breakpoint
CREATE TABLE "bulk_job" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bulk_job_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"stream" text NOT NULL,
	"lane" smallint NOT NULL,
	"target" jsonb NOT NULL,
	"state" text NOT NULL,
	"knowledge" jsonb NOT NULL,
	"lease_token" uuid DEFAULT gen_random_uuid() NOT NULL,
	"salesforce_id" text,
	"rows" integer DEFAULT 0 NOT NULL,
	"characters" integer DEFAULT 0 NOT NULL,
	"processed" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"feed_from" timestamp with time zone,
	"loaded_at" timestamp with time zone,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"worker_token" uuid,
	"worker_until" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"fault" jsonb
);
--> statement-breakpoint
CREATE TABLE "bulk_row" (
	"record_id" bigint PRIMARY KEY NOT NULL,
	"job_id" bigint NOT NULL,
	"identity" text NOT NULL,
	"parent" text NOT NULL,
	"planned" jsonb NOT NULL,
	CONSTRAINT "bulk_row_identity" UNIQUE("job_id","identity")
);
--> statement-breakpoint
CREATE TABLE "census_record" (
	"census_id" bigint NOT NULL,
	"record_id" bigint NOT NULL,
	"changes" text[] DEFAULT '{}' NOT NULL,
	"was" text,
	"version" integer,
	CONSTRAINT "census_record_census_id_record_id_pk" PRIMARY KEY("census_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "comparison_record" (
	"run_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"record_id" bigint NOT NULL,
	"found" jsonb NOT NULL,
	CONSTRAINT "comparison_record_run_id_position_pk" PRIMARY KEY("run_id","position")
);
--> statement-breakpoint
CREATE TABLE "block" (
	"connection_id" bigint NOT NULL,
	"system" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"fault" jsonb NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "block_connection_id_system_pk" PRIMARY KEY("connection_id","system")
);
--> statement-breakpoint
CREATE TABLE "call_hour" (
	"connection_id" bigint NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"lane" smallint NOT NULL,
	"calls" integer NOT NULL,
	CONSTRAINT "call_hour_connection_id_hour_lane_pk" PRIMARY KEY("connection_id","hour","lane")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_record" (
	"import_id" bigint NOT NULL,
	"record_id" bigint NOT NULL,
	"arrived_at" timestamp with time zone DEFAULT now() NOT NULL,
	"counted" boolean NOT NULL,
	"written" boolean NOT NULL,
	"known" boolean DEFAULT false NOT NULL,
	"released_at" timestamp with time zone,
	"ended_as" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "import_record_import_id_record_id_pk" PRIMARY KEY("import_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "import_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"stream" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"since" text NOT NULL,
	"expected" integer,
	"canary" integer NOT NULL,
	"canary_step" integer NOT NULL,
	"approved_at" timestamp with time zone,
	"approved_by" text,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"short_at" timestamp with time zone,
	"noted_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"resumed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "adoption" (
	"connection_id" bigint NOT NULL,
	"target" text NOT NULL,
	"record_id" bigint NOT NULL,
	"mapping_id" bigint NOT NULL,
	"filled" text[] NOT NULL,
	"duplicates" jsonb,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "adoption_connection_id_target_pk" PRIMARY KEY("connection_id","target")
);
--> statement-breakpoint
CREATE TABLE "contact_check" (
	"connection_id" bigint PRIMARY KEY NOT NULL,
	"after_key" text DEFAULT '' NOT NULL,
	"round_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asking_until" timestamp with time zone,
	"doubt" text
);
--> statement-breakpoint
CREATE TABLE "merged_contact" (
	"record_id" bigint PRIMARY KEY NOT NULL,
	"connection_id" bigint NOT NULL,
	"said_id" bigint NOT NULL,
	"head_id" bigint NOT NULL,
	"said_by" text NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "missing_contact" (
	"record_id" bigint PRIMARY KEY NOT NULL,
	"connection_id" bigint NOT NULL,
	"tries" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"asking_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "census" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "census_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"mapping_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"value_map" text,
	"then_reprocess" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"sentence" text,
	"total" integer,
	"until_id" bigint,
	"looked" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"after_id" bigint DEFAULT 0 NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "comparison_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "comparison_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"mapping_id" bigint NOT NULL,
	"document" jsonb NOT NULL,
	"version_id" bigint,
	"wanted" integer NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"fresh" boolean NOT NULL,
	"known_at" timestamp with time zone,
	"state" text DEFAULT 'running' NOT NULL,
	"sentence" text,
	"summary" jsonb,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heard_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "golden_sample" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "golden_sample_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"mapping_id" bigint NOT NULL,
	"name" text NOT NULL,
	"source" jsonb NOT NULL,
	"expected" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reprocess" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reprocess_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"mapping_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"census_id" bigint,
	"total" integer NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"written" integer,
	"failed" integer
);
--> statement-breakpoint
CREATE TABLE "reread" (
	"connection_id" bigint NOT NULL,
	"object" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"token" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "reread_connection_id_object_since_pk" PRIMARY KEY("connection_id","object","since")
);
--> statement-breakpoint
CREATE TABLE "review" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint,
	"about" text DEFAULT '' NOT NULL,
	"sentence" text NOT NULL,
	"subject" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"choice" text,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"closed_at" timestamp with time zone,
	"mailed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "review_record" (
	"review_id" bigint NOT NULL,
	"record_id" bigint NOT NULL,
	CONSTRAINT "review_record_review_id_record_id_pk" PRIMARY KEY("review_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "unseen_code" (
	"connection_id" bigint NOT NULL,
	"value_map" text NOT NULL,
	"code" text NOT NULL,
	"seen" integer NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record_id" bigint NOT NULL,
	CONSTRAINT "unseen_code_connection_id_value_map_code_pk" PRIMARY KEY("connection_id","value_map","code")
);
--> statement-breakpoint
CREATE TABLE "creation" (
	"record_id" bigint PRIMARY KEY NOT NULL,
	"connection_id" bigint NOT NULL,
	"likeness" text NOT NULL,
	"sent_at" timestamp with time zone,
	"lost_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cursor" (
	"connection_id" bigint NOT NULL,
	"object" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"baseline" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"read_until" timestamp with time zone NOT NULL,
	"after_stamp" text,
	"after_id" text,
	"sweep_began" timestamp with time zone,
	"deleted_until" timestamp with time zone NOT NULL,
	CONSTRAINT "cursor_connection_id_object_pk" PRIMARY KEY("connection_id","object")
);
--> statement-breakpoint
CREATE TABLE "feed" (
	"connection_id" bigint PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"last_polled_at" timestamp with time zone,
	"last_rows" integer DEFAULT 0 NOT NULL,
	"last_changes" integer DEFAULT 0 NOT NULL,
	"last_strangers" integer DEFAULT 0 NOT NULL,
	"sweep_changes" integer DEFAULT 0 NOT NULL,
	"sweep_review_id" bigint,
	"fault" jsonb
);
--> statement-breakpoint
DROP INDEX "link_salesforce_id";--> statement-breakpoint
ALTER TABLE "api_usage" ADD COLUMN "org_heard_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "conflicts" jsonb;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "boost_per_minute" integer;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "boost_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "clock_skew_ms" integer;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "stored" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "traces" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "held" jsonb;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "gone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "fate_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "record_direction" ADD COLUMN "waived" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "value_map" ADD COLUMN "updated_by" text;--> statement-breakpoint
ALTER TABLE "waiting" ADD COLUMN "look_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "named" ADD CONSTRAINT "named_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payload" ADD CONSTRAINT "payload_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_job" ADD CONSTRAINT "bulk_job_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_row" ADD CONSTRAINT "bulk_row_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_row" ADD CONSTRAINT "bulk_row_job_id_bulk_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."bulk_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "census_record" ADD CONSTRAINT "census_record_census_id_census_id_fk" FOREIGN KEY ("census_id") REFERENCES "public"."census"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "census_record" ADD CONSTRAINT "census_record_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparison_record" ADD CONSTRAINT "comparison_record_run_id_comparison_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."comparison_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparison_record" ADD CONSTRAINT "comparison_record_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "block" ADD CONSTRAINT "block_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_hour" ADD CONSTRAINT "call_hour_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_record" ADD CONSTRAINT "import_record_import_id_import_run_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."import_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_record" ADD CONSTRAINT "import_record_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_check" ADD CONSTRAINT "contact_check_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_contact" ADD CONSTRAINT "merged_contact_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_contact" ADD CONSTRAINT "merged_contact_said_id_record_id_fk" FOREIGN KEY ("said_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merged_contact" ADD CONSTRAINT "merged_contact_head_id_record_id_fk" FOREIGN KEY ("head_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "missing_contact" ADD CONSTRAINT "missing_contact_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "census" ADD CONSTRAINT "census_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "census" ADD CONSTRAINT "census_version_id_mapping_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."mapping_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparison_run" ADD CONSTRAINT "comparison_run_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "golden_sample" ADD CONSTRAINT "golden_sample_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reprocess" ADD CONSTRAINT "reprocess_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reprocess" ADD CONSTRAINT "reprocess_version_id_mapping_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."mapping_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reprocess" ADD CONSTRAINT "reprocess_census_id_census_id_fk" FOREIGN KEY ("census_id") REFERENCES "public"."census"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reread" ADD CONSTRAINT "reread_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_record" ADD CONSTRAINT "review_record_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_record" ADD CONSTRAINT "review_record_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unseen_code" ADD CONSTRAINT "unseen_code_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "creation" ADD CONSTRAINT "creation_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "creation" ADD CONSTRAINT "creation_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cursor" ADD CONSTRAINT "cursor_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed" ADD CONSTRAINT "feed_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "named_due" ON "named" USING btree ("connection_id","family","due_at","key");--> statement-breakpoint
CREATE INDEX "named_asking" ON "named" USING btree ("connection_id","asking_until");--> statement-breakpoint
CREATE INDEX "payload_due" ON "payload" USING btree ("connection_id","stream","id");--> statement-breakpoint
CREATE INDEX "bulk_job_due" ON "bulk_job" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "bulk_job_connection" ON "bulk_job" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "census_record_record" ON "census_record" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "census_record_left" ON "census_record" USING btree ("census_id","record_id") WHERE was is null;--> statement-breakpoint
CREATE INDEX "comparison_record_record" ON "comparison_record" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "import_record_record" ON "import_record" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "import_record_arrived" ON "import_record" USING btree ("import_id","arrived_at");--> statement-breakpoint
CREATE INDEX "import_record_ended" ON "import_record" USING btree ("import_id","ended_at") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "import_record_held" ON "import_record" USING btree ("import_id","record_id") WHERE released_at is null and ended_as is null;--> statement-breakpoint
CREATE INDEX "import_record_going" ON "import_record" USING btree ("import_id","record_id") WHERE released_at is not null and ended_as is null;--> statement-breakpoint
CREATE INDEX "import_run_connection" ON "import_run" USING btree ("connection_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "import_run_open" ON "import_run" USING btree ("connection_id","stream") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "adoption_record" ON "adoption" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "adoption_since" ON "adoption" USING btree ("since");--> statement-breakpoint
CREATE INDEX "merged_contact_head" ON "merged_contact" USING btree ("head_id");--> statement-breakpoint
CREATE INDEX "merged_contact_said" ON "merged_contact" USING btree ("said_id");--> statement-breakpoint
CREATE INDEX "merged_contact_connection" ON "merged_contact" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "missing_contact_asking" ON "missing_contact" USING btree ("connection_id","asking_until");--> statement-breakpoint
CREATE INDEX "census_mapping" ON "census" USING btree ("mapping_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "census_open" ON "census" USING btree ("mapping_id") WHERE state in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "comparison_run_mapping" ON "comparison_run" USING btree ("mapping_id","id");--> statement-breakpoint
CREATE INDEX "golden_sample_mapping" ON "golden_sample" USING btree ("mapping_id","id");--> statement-breakpoint
CREATE INDEX "reprocess_mapping" ON "reprocess" USING btree ("mapping_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "reprocess_open" ON "reprocess" USING btree ("mapping_id") WHERE state in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "review_open" ON "review" USING btree ("connection_id","opened_at","id") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "review_record_id" ON "review" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "review_closed" ON "review" USING btree ("connection_id","closed_at","id") WHERE state = 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "review_of_record" ON "review" USING btree ("record_id","kind","about") WHERE state <> 'closed' and record_id is not null;--> statement-breakpoint
CREATE INDEX "review_record_record" ON "review_record" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "creation_likeness" ON "creation" USING btree ("connection_id","likeness");--> statement-breakpoint
CREATE INDEX "link_mapping" ON "link" USING btree ("mapping_id","object");--> statement-breakpoint
CREATE INDEX "record_buyer" ON "record" USING btree ("connection_id",left(lower(btrim(s360_state->>'contactReference')), 100)) WHERE family = 'order';--> statement-breakpoint
CREATE INDEX "record_relay_of" ON "record" USING gin ((s360_state->'contactConnections') jsonb_path_ops) WHERE kind = 'relay';--> statement-breakpoint
CREATE INDEX "waiting_look" ON "waiting" USING btree ("look_at","awaited_id");--> statement-breakpoint
CREATE INDEX "link_salesforce_id" ON "link" USING btree ("connection_id","salesforce_id");--> statement-breakpoint
ALTER TABLE "connection" DROP COLUMN "blocked_until";--> statement-breakpoint
ALTER TABLE "connection" DROP COLUMN "blocked_by";--> statement-breakpoint
ALTER TABLE "connection" DROP COLUMN "blocked_times";