/** An org in a few lines for tests of the engine: it keeps what it is given and refuses what a test tells it to. */
import { randomUUID } from "node:crypto";
import type { Fault } from "@/lib/core/faults";
import type {
  CanonicalFields,
  CanonicalValue,
  ChangedRow,
  DeletedRow,
  FeedAnswer,
  FeedPage,
  FeedRequest,
  FindAnswer,
  FindRequest,
  FoundRow,
  GoneRow,
  Likeness,
  ObjectName,
  ObjectDescribe,
  OrgFacts,
  ReadRequest,
  ReadRow,
  RowResult,
  Side,
  StillOurs,
  WriteAnswer,
  WriteRow,
} from "@/lib/core/side";
import { factsOfFakeOrg, objectsOfFakeOrg } from "./fake-org-objects";

/** Users of the org: the connector's own, a person, and one that no person is behind. */
export const CONNECTOR = "005CONNECTOR";
export const PERSON = "005PERSON";
export const AUTOMATED = "005AUTOMATED";

interface StoredRow {
  readonly id: string;
  readonly object: string;
  key: string | null;
  fields: CanonicalFields;
  modifiedBy: string;
  /** ISO 8601, by the org's own clock. */
  stamp: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

interface LoggedDeletion extends DeletedRow {
  readonly masterId: string | null;
}

export class FakeOrg implements Side {
  readonly rows: StoredRow[] = [];
  /** Users whom the change feed has told as people. */
  private readonly people = new Set<string>();
  /** Every write call, with its rows. */
  readonly writes: WriteRow[][] = [];
  finds = 0;
  /** Calls that read linked records, and calls that read the change feed. */
  reads = 0;
  polls = 0;
  /** The org's clock. Every edit takes `tickMs` of it; 0 gives equal stamps. */
  nowMs = Date.parse("2026-01-01T08:00:00Z");
  tickMs = 1_000;
  /** Rows of an object that one poll brings at most. */
  pageSize = 2_000;
  /** The delete log reaches back to here. */
  deletionsSince: string | null = null;
  /** Decides the fate of a row before the org's own rules do. */
  refuse: (row: WriteRow) => Fault | null = () => null;
  /** What is stored of our write, as when a flow changes the record in the same transaction. */
  reformat: (stored: CanonicalFields, row: WriteRow) => CanonicalFields = (stored) => stored;
  /** What happens while a write waits for its turn. */
  beforeWrite: () => Promise<void> = async () => undefined;
  /** Thrown by the next calls while set. */
  outage: Error | null = null;
  /** Loses the answer of the next write after it was done. */
  loseAnswer: Error | null = null;
  readonly deletions: LoggedDeletion[] = [];
  private created = 0;

  constructor(private objects: readonly ObjectDescribe[]) {}

  /** As when an admin takes a field away from the connector's user. */
  hideField(object: string, name: string): void {
    this.objects = this.objects.map((describe) =>
      describe.name === object
        ? { ...describe, fields: describe.fields.filter((candidate) => candidate.name !== name) }
        : describe,
    );
  }

  /** As when an admin makes a field required. */
  demandField(object: string, name: string): void {
    this.objects = this.objects.map((describe) => {
      if (describe.name !== object) return describe;
      const fields = describe.fields.map((field) =>
        field.name === name ? { ...field, nillable: false } : field,
      );
      return { ...describe, fields };
    });
  }

  async writableObjects(): Promise<readonly ObjectName[]> {
    return this.objects.map(({ name, label }) => ({ name, label, custom: name.endsWith("__c") }));
  }

  async describe(
    names: readonly string[],
  ): Promise<{ facts: OrgFacts; objects: ReadonlyMap<string, ObjectDescribe> }> {
    if (this.outage) throw this.outage;
    const found = this.objects.filter((object) => names.includes(object.name));
    return { facts: factsOfFakeOrg, objects: new Map(found.map((object) => [object.name, object])) };
  }

  async find(requests: readonly FindRequest[]): Promise<FindAnswer> {
    if (this.outage) throw this.outage;
    this.finds++;
    const rows = requests.flatMap(({ object, keys, fields, alike }) =>
      this.rows.flatMap((row): FoundRow[] => {
        if (row.object !== object) return [];
        const found = { object, id: row.id, fields: pick(this.withAccountKey(row), fields) };
        if (row.key !== null && keys.includes(row.key)) return [{ ...found, key: row.key }];
        const likenesses = [...(alike?.values() ?? [])].flat();
        if (!likenesses.some((likeness) => isLike(row, likeness))) return [];
        const accountId = this.accountOf(row.fields["AccountId"]);
        return [{ ...found, key: row.key ?? "", alike: { person: isPersonAccount(row), accountId } }];
      }),
    );
    return { rows, unsure: [] };
  }

  async write(rows: readonly WriteRow[], stillOurs?: StillOurs): Promise<WriteAnswer> {
    if (this.outage) throw this.outage;
    await this.beforeWrite();
    const ours = await stillOurs?.(rows.map(({ rowId }) => rowId));
    const lost = rows.flatMap(({ rowId }) => (ours && !ours.has(rowId) ? [rowId] : []));
    const ordered = rows.filter(({ rowId }) => !lost.includes(rowId)).sort((a, b) => a.rank - b.rank);
    if (ordered.length === 0) return { results: [], calls: [], lost };
    this.writes.push(ordered);
    const results = ordered.map((row) => this.writeRow(row));
    if (this.loseAnswer) {
      const lost = this.loseAnswer;
      this.loseAnswer = null;
      throw lost;
    }
    return { results, calls: [{ callId: randomUUID(), rowIds: ordered.map((row) => row.rowId) }], lost };
  }

  async read(requests: readonly ReadRequest[]): Promise<readonly ReadRow[]> {
    if (this.outage) throw this.outage;
    this.reads++;
    return requests.flatMap(({ object, ids, fields }) =>
      this.rows
        .filter((row) => row.object === object && ids.includes(row.id))
        .map(({ id, modifiedBy, stamp, key, ...row }) => {
          const held = { ...row.fields, SyncId__c: key };
          return {
            object,
            id,
            fields: pick(held, fields),
            modifiedBy,
            person: this.people.has(modifiedBy),
            stamp,
          };
        }),
    );
  }

  async userId(): Promise<string> {
    return CONNECTOR;
  }

  async changes(requests: readonly FeedRequest[]): Promise<FeedAnswer> {
    if (this.outage) throw this.outage;
    this.polls++;
    const pages = requests.map((request) => this.pageOf(request));
    return { serverTime: this.now(), pages };
  }

  async gone(object: string, ids: readonly string[]): Promise<readonly GoneRow[]> {
    if (this.outage) throw this.outage;
    return ids
      .filter((id) => !this.rows.some((row) => row.object === object && row.id === id))
      .map((id) => {
        const deletion = this.deletions.find((gone) => gone.id === id);
        return { id, masterId: deletion?.masterId ?? null, binned: deletion !== undefined };
      });
  }

  get(object: string, key: string): CanonicalFields | undefined {
    return this.row(object, key)?.fields;
  }

  /** As when a person (or another user) edits a record in Salesforce. */
  set(object: string, key: string, fields: CanonicalFields, by = PERSON): void {
    const row = this.row(object, key);
    if (row) this.touch(row, by, { fields: { ...row.fields, ...fields } });
  }

  setById(id: string, fields: CanonicalFields, by = PERSON): void {
    const row = this.rows.find((candidate) => candidate.id === id);
    if (row) this.touch(row, by, { fields: { ...row.fields, ...fields } });
  }

  /** As when a person edits a record's Sync ID in Salesforce. */
  rename(object: string, key: string, to: string): void {
    const row = this.row(object, key);
    if (row) this.touch(row, PERSON, { key: to });
  }

  /** As when a person makes a record in Salesforce, with the Sync ID of another if they cloned it. Gives its id. */
  insert(object: string, fields: CanonicalFields, key: string | null = null, by = PERSON): string {
    return this.add(object, key, fields, by).id;
  }

  /** As when a person deletes a record. */
  delete(object: string, key: string): void {
    const row = this.row(object, key);
    if (row) this.remove(row, null);
  }

  /** As when a person merges one record into another: the head stays. */
  merge(object: string, loserKey: string, headKey: string): void {
    const [loser, head] = [this.row(object, loserKey), this.row(object, headKey)];
    if (!loser || !head) throw new Error(`nothing to merge under ${loserKey} and ${headKey}`);
    this.mergeInto(loserKey, head.id, object);
  }

  /** The same into a record that carries no Sync ID. */
  mergeInto(loserKey: string, headId: string, object = "Account"): void {
    const [loser, head] = [this.row(object, loserKey), this.rows.find(({ id }) => id === headId)];
    if (!loser || !head) throw new Error(`nothing to merge under ${loserKey} and ${headId}`);
    this.remove(loser, headId);
    this.touch(head, PERSON, {});
  }

  private row(object: string, key: string): StoredRow | undefined {
    return this.rows.find((candidate) => candidate.object === object && candidate.key === key);
  }

  private now(): string {
    return new Date(this.nowMs).toISOString();
  }

  private add(object: string, key: string | null, fields: CanonicalFields, by: string): StoredRow {
    this.created++;
    const stamp = this.now();
    const edited = { id: `id-${this.created}`, object, key, fields, modifiedBy: by, stamp };
    const row = { ...edited, createdAt: stamp, createdBy: by };
    this.rows.push(row);
    this.nowMs += this.tickMs;
    return row;
  }

  private touch(row: StoredRow, by: string, change: Partial<Pick<StoredRow, "key" | "fields">>): void {
    Object.assign(row, change, { modifiedBy: by, stamp: this.now() });
    this.nowMs += this.tickMs;
  }

  private remove(row: StoredRow, masterId: string | null): void {
    this.rows.splice(this.rows.indexOf(row), 1);
    this.deletions.push({ object: row.object, id: row.id, deletedAt: this.now(), masterId });
    this.nowMs += this.tickMs;
  }

  private pageOf({ object, fields, after, deletedSince, othersOnly }: FeedRequest): FeedPage {
    const changed = this.rows
      .filter((row) => row.object === object && after !== null && isAfter(row, after))
      .filter((row) => !othersOnly || row.modifiedBy !== CONNECTOR)
      .sort((a, b) => (isAfter(a, b) ? 1 : -1))
      .slice(0, this.pageSize);
    const lost = deletedSince !== null && this.deletionsSince !== null && this.deletionsSince > deletedSince;
    const since = lost ? this.deletionsSince : deletedSince;
    return {
      object,
      changed: changed.map((row) => this.toChanged(row, fields)),
      complete: changed.length < this.pageSize,
      deleted: this.deletions
        .filter((gone) => gone.object === object && since !== null && gone.deletedAt >= since)
        .map(({ id, deletedAt }) => ({ object, id, deletedAt })),
      deletedUntil: deletedSince === null ? null : this.now(),
      deletionsLostBefore: lost ? this.deletionsSince : null,
    };
  }

  /** By its Sync ID, as we write it, or by its id, as people do. */
  private accountOf(value: CanonicalValue | undefined): string | null {
    const accounts = this.rows.filter(({ object }) => object === "Account");
    return accounts.find(({ id, key }) => id === value || (key !== null && key === value))?.id ?? null;
  }

  /** Lookups are read as the external id of what they point to. */
  private withAccountKey({ fields }: StoredRow): CanonicalFields {
    const account = this.rows.find(({ id }) => id === this.accountOf(fields["AccountId"]));
    return account ? { ...fields, AccountId: account.key } : fields;
  }

  private toChanged(row: StoredRow, fields: readonly string[]): ChangedRow {
    const { object, id, key, stamp, createdAt, createdBy, modifiedBy } = row;
    const account = row.fields["AccountId"];
    const person = modifiedBy !== CONNECTOR && modifiedBy !== AUTOMATED;
    if (person) this.people.add(modifiedBy);
    return {
      ...{ object, id, key, stamp, createdAt, createdBy, fields: pick(row.fields, fields) },
      modifiedBy: { id: modifiedBy, name: `User ${modifiedBy}`, person },
      personAccount: isPersonAccount(row),
      accountId: this.accountOf(account),
    };
  }

  private writeRow(row: WriteRow): RowResult {
    const fault = this.refuse(row);
    if (fault) return { rowId: row.rowId, ok: false, fault };
    const missing = this.missingReference(row);
    if (missing) {
      const sentence = `Nothing is known under ${missing}.`;
      return {
        rowId: row.rowId,
        ok: false,
        fault: { code: "reference_missing", sentence },
        missingReference: missing,
      };
    }
    const existing = this.rows.find((stored) =>
      row.id ? stored.id === row.id : stored.object === row.object && stored.key === row.key,
    );
    if (row.id && !existing) {
      const sentence = "The record is no longer in Salesforce.";
      return { rowId: row.rowId, ok: false, fault: { code: "record_deleted", sentence } };
    }
    const fields = this.reformat({ ...existing?.fields, ...row.fields }, row);
    if (existing) {
      const key = row.keyField in row.fields ? row.fields[row.keyField] : existing.key;
      this.touch(existing, CONNECTOR, { fields, key: key === null ? null : String(key) });
      return { rowId: row.rowId, ok: true, id: existing.id, created: false };
    }
    const { id } = this.add(row.object, row.key, fields, CONNECTOR);
    return { rowId: row.rowId, ok: true, id, created: true };
  }

  private missingReference(row: WriteRow): string | undefined {
    const describe = this.objects.find((object) => object.name === row.object);
    return describe?.fields.find((candidate) => {
      const value = row.fields[candidate.name];
      if (
        candidate.type !== "reference" ||
        value === undefined ||
        value === null ||
        candidate.name === "RecordTypeId"
      )
        return false;
      return !this.rows.some(
        (stored) => candidate.referenceTo.includes(stored.object) && stored.key === value,
      );
    })?.name;
  }
}

function pick(fields: CanonicalFields, names: readonly string[]): CanonicalFields {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}

function isPersonAccount({ object, fields }: StoredRow): boolean {
  return object === "Account" && (fields["LastName"] ?? null) !== null;
}

/** As SOQL compares: without case. */
function isLike(row: StoredRow, { fields, person }: Likeness): boolean {
  if (person !== null && person !== isPersonAccount(row)) return false;
  return fields.every(({ name, is, value }) => {
    const held = name === "Id" ? row.id : (row.fields[name] ?? null);
    if (held === null) return false;
    const [text, wanted] = [String(held).toLowerCase(), String(value).toLowerCase()];
    if (is === "equal") return text === wanted;
    return new RegExp(`^${wanted.replaceAll("%", ".*").replaceAll("_", ".")}$`, "u").test(text);
  });
}

/** By (stamp, id), as the feed is read. */
function isAfter(
  row: StoredRow,
  { stamp, id }: { readonly stamp: string; readonly id: string | null },
): boolean {
  if (row.stamp !== stamp) return row.stamp > stamp;
  return id === null || row.id > id;
}

export function fakeOrg(): FakeOrg {
  return new FakeOrg(objectsOfFakeOrg);
}
