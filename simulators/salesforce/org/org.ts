import { CallLog } from "./call-log";
import type { OAuthClient } from "./clients";
import { Faults } from "./faults";
import { IdSource } from "./ids";
import type { ResolvedOrgOptions } from "./options";
import { seedSetupRows, type SetupIds } from "./seed-setup-rows";
import { Sessions } from "./sessions";
import { Stats } from "./stats";
import { Store } from "./store";
import type { ValidationRule } from "./validation-rule";
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
  validationRules: ValidationRule[] = [];
  /** Called by whoever changes what belongs to the org besides rows; the state file hangs on it. */
  onSettings: () => void = () => undefined;
  private wholeSchema: Schema;

  constructor(readonly options: ResolvedOrgOptions) {
    this.wholeSchema = new Schema(options.shape);
    this.ids = new IdSource(options.seed);
    this.store = new Store(this.schema);
    this.setup = seedSetupRows(this.schema, this.store, this.ids, this.now());
    this.store.commit();
    this.sessions = new Sessions(this.setup.organizationId);
    for (const client of options.clients) this.clients.set(client.clientId, client);
    this.faults = new Faults(options.latencyMs);
  }

  /** Everything the org has, whoever may see it. */
  get schema(): Schema {
    return this.wholeSchema;
  }

  /** The schema as this user may see it. */
  schemaFor(_userId: string): Schema {
    return this.wholeSchema;
  }

  /** Adds objects, or replaces those of the same name; their rows stay. */
  define(models: readonly ObjectModel[]): void {
    this.wholeSchema = this.wholeSchema.with(models);
    this.store.define(this.wholeSchema);
    this.onSettings();
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
