import { SchemaViews } from "../access/schema-views";
import { seedPermissions } from "../access/seed-permissions";
import { CallLog } from "./call-log";
import type { OAuthClient } from "./clients";
import { DeleteLog } from "./delete-log";
import { Faults } from "./faults";
import { IdSource } from "./ids";
import type { ResolvedOrgOptions } from "./options";
import { RecentlyViewed } from "./recently-viewed";
import { SchemaClock } from "./schema-clock";
import { seedSetupRows, type SetupIds } from "./seed-setup-rows";
import { Sessions } from "./sessions";
import { Stats } from "./stats";
import { Store } from "./store";
import type { ValidationRule } from "./validation-rule";
import type { Automation } from "../automation/automation";
import { DuplicateRules } from "../duplicates/duplicate-rules";
import { BulkJobs } from "../bulk/jobs";
import { Deployments } from "../metadata/deployments";
import { Schema, type OrgShape } from "../model/schema";
import type { ObjectModel } from "../model/types";
import { QueryCursors } from "../soql/cursors";

/** One simulated org: its schema, its rows, who may talk to it, and the trouble ordered for it. */
export class Org {
  readonly ids: IdSource;
  readonly store: Store;
  readonly setup: SetupIds;
  readonly sessions: Sessions;
  readonly clients = new Map<string, OAuthClient>();
  readonly faults: Faults;
  readonly calls = new CallLog();
  readonly stats = new Stats();
  readonly cursors = new QueryCursors();
  readonly jobs: BulkJobs;
  readonly recentlyViewed = new RecentlyViewed();
  readonly schemaClock = new SchemaClock(this.now());
  readonly deleteLog = new DeleteLog();
  readonly duplicateRules = new DuplicateRules();
  readonly deployments = new Deployments();
  /** Objects that have a tab because a deployment gave them one. */
  customTabs: ReadonlySet<string> = new Set();
  automations: Automation[] = [];
  validationRules: ValidationRule[] = [];
  /** Called by whoever changes what belongs to the org besides rows; the state file hangs on it. */
  onSettings: () => void = () => undefined;
  private hasRetired = false;
  private wholeSchema: Schema;
  private readonly views: SchemaViews;

  constructor(readonly options: ResolvedOrgOptions) {
    this.wholeSchema = new Schema(options.shape);
    this.jobs = new BulkJobs(options.bulk.keptDataBytes);
    this.ids = new IdSource(options.seed);
    this.store = new Store(this.schema);
    this.setup = seedSetupRows(this.schema, this.store, this.ids, this.now());
    const seeding = {
      schema: this.schema,
      store: this.store,
      userId: this.setup.adminUserId,
      at: this.now(),
    };
    this.views = new SchemaViews(this.store, seedPermissions(seeding, this.setup, options.integrationAccess));
    this.store.commit();
    const { sessionTimeoutMinutes } = options;
    this.sessions = new Sessions(this.setup.organizationId, () => this.now(), sessionTimeoutMinutes);
    for (const client of options.clients) this.clients.set(client.clientId, client);
    this.faults = new Faults(options.latencyMs);
  }

  /** Everything the org has, whoever may see it. */
  get schema(): Schema {
    return this.wholeSchema;
  }

  /** The schema as this user may see it. */
  schemaFor(userId: string): Schema {
    return this.views.schemaFor(this.wholeSchema, userId);
  }

  /** Whether this user has a user permission, by its name in metadata: `ModifyMetadata`. */
  userMay(userId: string, permission: string): boolean {
    return this.views.accessOf(this.wholeSchema, userId).permissions.has(permission);
  }

  /** Ids of the permission sets that a user's rights come from, that of the profile first. */
  permissionSetIds(userId: string): readonly string[] {
    return this.views.accessOf(this.wholeSchema, userId).setIds;
  }

  /** Adds objects, or replaces those of the same name; their rows stay. */
  define(models: readonly ObjectModel[]): void {
    this.wholeSchema = this.wholeSchema.with(models);
    this.store.define(this.wholeSchema);
    this.onSettings();
  }

  /** Takes objects out of the schema; their rows are the caller's to remove. */
  undefine(names: readonly string[]): void {
    this.wholeSchema = this.wholeSchema.without(names);
    this.onSettings();
  }

  /** Takes back what was defined and undefined since this was the org's schema. */
  restoreSchema(schema: Schema): void {
    if (this.wholeSchema === schema) return;
    this.wholeSchema = schema;
    this.store.define(schema);
    this.onSettings();
  }

  /** Whether another org has taken this one's place, or the simulator was closed: work under way must not go on. */
  get isRetired(): boolean {
    return this.hasRetired;
  }

  /** Ends what the org does on its own, and tells nobody of its changes any more. */
  retire(): void {
    this.hasRetired = true;
    this.jobs.stop();
    this.store.onWrite = () => undefined;
    this.onSettings = () => undefined;
  }

  get shape(): OrgShape {
    return this.schema.shape;
  }

  now(): Date {
    return new Date();
  }

  /** Id of the record type, such as `Account`, `PersonAccount`. */
  recordTypeId(objectName: string, developerName: string): string | undefined {
    return this.setup.recordTypeIds.get(`${objectName}.${developerName}`);
  }

  /** Id of the person record type of Account, where the org has person accounts. */
  isPersonRecordType(recordTypeId: unknown): boolean {
    return recordTypeId !== undefined && recordTypeId === this.recordTypeId("Account", "PersonAccount");
  }
}
