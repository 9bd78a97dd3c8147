CREATE TABLE "census_record" (
	"census_id" bigint NOT NULL,
	"record_id" bigint NOT NULL,
	"was" text,
	"version" integer,
	CONSTRAINT "census_record_census_id_record_id_pk" PRIMARY KEY("census_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "census" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "census_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"mapping_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"against" jsonb NOT NULL,
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
ALTER TABLE "reprocess" ADD COLUMN "census_id" bigint;--> statement-breakpoint
ALTER TABLE "census_record" ADD CONSTRAINT "census_record_census_id_census_id_fk" FOREIGN KEY ("census_id") REFERENCES "public"."census"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "census_record" ADD CONSTRAINT "census_record_record_id_record_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."record"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "census" ADD CONSTRAINT "census_mapping_id_mapping_id_fk" FOREIGN KEY ("mapping_id") REFERENCES "public"."mapping"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "census" ADD CONSTRAINT "census_version_id_mapping_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."mapping_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "census_record_record" ON "census_record" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "census_record_left" ON "census_record" USING btree ("census_id","record_id") WHERE was is null;--> statement-breakpoint
CREATE INDEX "census_mapping" ON "census" USING btree ("mapping_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "census_open" ON "census" USING btree ("mapping_id") WHERE state in ('running', 'paused');--> statement-breakpoint
ALTER TABLE "reprocess" ADD CONSTRAINT "reprocess_census_id_census_id_fk" FOREIGN KEY ("census_id") REFERENCES "public"."census"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reprocess" DROP COLUMN "after_id";