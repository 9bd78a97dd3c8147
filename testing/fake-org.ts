/** An org in a few lines for tests of the engine: it keeps what it is given and refuses what a test tells it to. */
import { randomUUID } from "node:crypto";
import type { Fault } from "@/lib/core/faults";
import type {
  CanonicalFields,
  FieldDescribe,
  FieldType,
  FindRequest,
  FoundRow,
  ObjectDescribe,
  OrgFacts,
  RowResult,
  Side,
  WriteAnswer,
  WriteRow,
} from "@/lib/core/side";

interface StoredRow {
  readonly id: string;
  readonly object: string;
  key: string;
  fields: CanonicalFields;
}

function field(name: string, type: FieldType = "text", more: Partial<FieldDescribe> = {}): FieldDescribe {
  return {
    name,
    label: name,
    type,
    length: type === "text" ? 255 : 0,
    scale: 2,
    createable: true,
    updateable: true,
    nillable: true,
    defaultedOnCreate: false,
    externalId: name.endsWith("SyncId__c"),
    unique: name.endsWith("SyncId__c"),
    custom: name.endsWith("__c"),
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    relationshipName: null,
    ...more,
  };
}

export class FakeOrg implements Side {
  readonly rows: StoredRow[] = [];
  /** Every write call, with its rows. */
  readonly writes: WriteRow[][] = [];
  finds = 0;
  /** Decides the fate of a row before the org's own rules do. */
  refuse: (row: WriteRow) => Fault | null = () => null;
  /** Thrown by the next calls while set. */
  outage: Error | null = null;
  /** Loses the answer of the next write after it was done. */
  loseAnswer: Error | null = null;

  constructor(private objects: readonly ObjectDescribe[]) {}

  /** As when an admin takes a field away from the connector's user. */
  hideField(object: string, name: string): void {
    this.objects = this.objects.map((describe) =>
      describe.name === object
        ? { ...describe, fields: describe.fields.filter((candidate) => candidate.name !== name) }
        : describe,
    );
  }

  async describe(
    names: readonly string[],
  ): Promise<{ facts: OrgFacts; objects: ReadonlyMap<string, ObjectDescribe> }> {
    if (this.outage) throw this.outage;
    const found = this.objects.filter((object) => names.includes(object.name));
    return { facts: factsOfFakeOrg, objects: new Map(found.map((object) => [object.name, object])) };
  }

  async find(requests: readonly FindRequest[]): Promise<readonly FoundRow[]> {
    if (this.outage) throw this.outage;
    this.finds++;
    return requests.flatMap((request) =>
      this.rows
        .filter((row) => row.object === request.object && request.keys.includes(row.key))
        .map((row) => ({
          ...row,
          fields: Object.fromEntries(request.fields.map((name) => [name, row.fields[name] ?? null])),
        })),
    );
  }

  async write(rows: readonly WriteRow[]): Promise<WriteAnswer> {
    if (this.outage) throw this.outage;
    const ordered = [...rows].sort((a, b) => a.rank - b.rank);
    this.writes.push(ordered);
    const results = ordered.map((row) => this.writeRow(row));
    if (this.loseAnswer) {
      const lost = this.loseAnswer;
      this.loseAnswer = null;
      throw lost;
    }
    return { results, calls: [{ callId: randomUUID(), rowIds: rows.map((row) => row.rowId) }] };
  }

  get(object: string, key: string): CanonicalFields | undefined {
    return this.rows.find((row) => row.object === object && row.key === key)?.fields;
  }

  /** As when a person edits a record in Salesforce. */
  set(object: string, key: string, fields: CanonicalFields): void {
    const row = this.rows.find((candidate) => candidate.object === object && candidate.key === key);
    if (row) row.fields = { ...row.fields, ...fields };
  }

  /** As when a person edits a record's Sync ID in Salesforce. */
  rename(object: string, key: string, to: string): void {
    const row = this.rows.find((candidate) => candidate.object === object && candidate.key === key);
    if (row) row.key = to;
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
    if (existing) {
      existing.fields = { ...existing.fields, ...row.fields };
      return { rowId: row.rowId, ok: true, id: existing.id, created: false };
    }
    const id = `id-${this.rows.length + 1}`;
    this.rows.push({ id, object: row.object, key: row.key, fields: row.fields });
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

export const factsOfFakeOrg: OrgFacts = {
  prefix: "",
  personAccounts: true,
  multiCurrency: false,
  recordTypes: [],
  organizationId: "00D000000000001",
  organizationName: "Fake org",
  fetchedAt: "2026-01-01T00:00:00.000Z",
};

const texts = (...names: string[]) => names.map((name) => field(name));
const address = (prefix: string) =>
  texts(`${prefix}Street`, `${prefix}City`, `${prefix}PostalCode`, `${prefix}Country`);
const lookup = (name: string, to: string) =>
  field(name, "reference", {
    referenceTo: [to],
    relationshipName: name.replace(/__c$/, "__r").replace(/Id$/, ""),
  });

/** The objects of the default mappings, loosely: lengths and picklists are the simulated org's business. */
export function fakeOrg(): FakeOrg {
  return new FakeOrg([
    {
      name: "Account",
      label: "Account",
      fields: [
        ...texts("SyncId__c", "Name", "Salutation", "FirstName"),
        field("LastName", "text", { length: 80 }),
        field("PersonEmail", "email"),
        ...["Phone", "PersonMobilePhone", "PersonHomePhone"].map((name) =>
          field(name, "phone", { length: 40 }),
        ),
        field("PersonBirthdate", "date"),
        ...["PersonMailing", "PersonOther", "Billing", "Shipping"].flatMap(address),
        field("PersonHasOptedOutOfEmail", "boolean"),
        lookup("RecordTypeId", "RecordType"),
      ],
    },
    {
      name: "Contact",
      label: "Contact",
      fields: [
        ...texts("SyncId__c", "Salutation", "FirstName", "LastName", "Title"),
        field("Email", "email"),
        ...["MobilePhone", "HomePhone"].map((name) => field(name, "phone", { length: 40 })),
        field("Birthdate", "date"),
        ...["Mailing", "Other"].flatMap(address),
        field("HasOptedOutOfEmail", "boolean"),
        lookup("AccountId", "Account"),
      ],
    },
    {
      name: "SecutixSale__c",
      label: "SecutixSale",
      fields: [
        ...texts(
          "Name",
          "SyncId__c",
          "ContactSTXNumber__c",
          "Organization__c",
          "Space__c",
          "Item__c",
          "Advantage__c",
        ),
        ...texts("Tariff__c", "Contingent__c", "CatalogCurrency__c", "SecuTixFileId__c", "SecuTixOrderId__c"),
        ...texts("MatchRound__c", "MatchRoundCode__c", "OrderType__c", "Remark__c", "Description__c"),
        ...["Total_Amount__c", "Unit_price__c", "Quantity__c"].map((name) => field(name, "number")),
        ...["ExpirationDate__c", "CreationDate__c"].map((name) => field(name, "datetime")),
        lookup("Account__c", "Account"),
        lookup("Contact__c", "Contact"),
      ],
    },
  ]);
}
