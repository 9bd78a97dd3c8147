/**
 * What the engine asks of a side, in our words. The Salesforce adapter implements it; tests need only an object.
 */
import type { DuplicateFinding } from "./duplicates";
import type { Fault } from "./faults";

export type FieldType =
  | "text"
  | "textarea"
  | "email"
  | "phone"
  | "url"
  | "boolean"
  | "integer"
  | "number"
  | "date"
  | "datetime"
  | "picklist"
  | "multipicklist"
  | "reference"
  | "id"
  | "other";

/** One field of an object as its describe gives it, in our words. */
export interface FieldDescribe {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters; 0 where the type has no length. */
  readonly length: number;
  /** Digits after the point, for numbers. */
  readonly scale: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly custom: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly string[];
  readonly referenceTo: readonly string[];
  /** `Account` for AccountId, `Account__r` for Account__c. */
  readonly relationshipName: string | null;
  /** False where no query can search by it, such as encrypted fields. */
  readonly filterable?: boolean;
}

export interface ObjectDescribe {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly FieldDescribe[];
}

export interface RecordTypeFact {
  readonly id: string;
  readonly object: string;
  readonly developerName: string;
  readonly person: boolean;
}

export interface OrgFacts {
  /** `secutix__` where the managed package is installed, else empty. */
  readonly prefix: string;
  readonly personAccounts: boolean;
  readonly multiCurrency: boolean;
  readonly recordTypes: readonly RecordTypeFact[];
  readonly organizationId: string;
  readonly organizationName: string;
  readonly fetchedAt: string;
}

/** A field value in canonical form; a reference is the external id of the record it points to. */
export type CanonicalValue = string | number | boolean | null;
export type CanonicalFields = Readonly<Record<string, CanonicalValue>>;

/** Ask which records of an object carry one of these external ids, and what they hold. */
export interface FindRequest {
  readonly object: string;
  readonly keyField: string;
  readonly keys: readonly string[];
  /** Target fields to read along; references come back as external ids. */
  readonly fields: readonly string[];
  /** By key: what a record may be like that does not carry it. Asked in the same calls. */
  readonly alike?: ReadonlyMap<string, readonly Likeness[]>;
}

/** Asks for records of which every named field holds the value; more may come back, never fewer. */
export interface Likeness {
  readonly fields: readonly {
    readonly name: string;
    /** `like`: the value is a LIKE pattern of letters, digits, `%` and `_`. */
    readonly is: "equal" | "like";
    readonly value: string | number | boolean;
  }[];
  /** Only person accounts, or only others; null where the object has no such difference. */
  readonly person: boolean | null;
}

export interface FoundRow {
  readonly object: string;
  /** As asked for (the org compares without case). */
  readonly key: string;
  readonly id: string;
  readonly fields: CanonicalFields;
  /** Set where the row was not asked for by its key but is alike; `key` is then what it carries, empty for none. */
  readonly alike?: {
    /** Whether it is a person account; null where there is no such difference. */
    readonly person: boolean | null;
    /** The Account that it stands under, for contacts. */
    readonly accountId: string | null;
  };
}

export interface FindAnswer {
  readonly rows: readonly FoundRow[];
  /**
   * Keys of which it is not known what is alike to them, and why; `several_matches`: more is than the org gives at once.
   * What carries the key is known all the same.
   */
  readonly unsure: readonly { readonly object: string; readonly key: string; readonly fault: Fault }[];
}

export interface WriteRow {
  /** Our own correlation, returned untouched. */
  readonly rowId: string;
  readonly object: string;
  /** Update by this id; without it the row is an upsert by external id. */
  readonly id: string | null;
  readonly keyField: string;
  readonly key: string;
  /** Only what changes. References by external id. */
  readonly fields: CanonicalFields;
  /** Rank of the object: lower ranks are written earlier in the same call, so references may point into them. */
  readonly rank: number;
  /** A person has said that it is written though a duplicate rule alerts. */
  readonly passAlerts?: boolean;
}

export type RowResult =
  | { readonly rowId: string; readonly ok: true; readonly id: string; readonly created: boolean }
  /**
   * `missingReference`: the target field whose external id was not found. The fault may be a wide one when a later call
   * died and this row was not settled before. `duplicates`: what the duplicate rule found that refused the row.
   */
  | {
      readonly rowId: string;
      readonly ok: false;
      readonly fault: Fault;
      readonly missingReference?: string;
      readonly duplicates?: DuplicateFinding;
    };

/**
 * Which of these rows may still be sent. Asked right before a call leaves, once it may: waiting may have taken so long that
 * others have taken them over.
 */
export type StillOurs = (rowIds: readonly string[]) => Promise<ReadonlySet<string>>;

export interface WriteAnswer {
  readonly results: readonly RowResult[];
  /** One entry per outward call with the rows it carried; a row that was tried again is in several. */
  readonly calls: readonly { readonly callId: string; readonly rowIds: readonly string[] }[];
  /** Rows that were no longer ours when their call was to leave: they have no result. Absent: none. */
  readonly lost?: readonly string[];
}

/**
 * Ask what linked records hold now. References come back as external ids, or as the org's own id where what they point to
 * has none.
 */
export interface ReadRequest {
  readonly object: string;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
}

export interface ReadRow {
  readonly object: string;
  readonly id: string;
  readonly fields: CanonicalFields;
  /** Id of the user who wrote it last. */
  readonly modifiedBy: string;
  /** The change feed has told that this user is a person. False as well where it has told nothing of the user yet. */
  readonly person: boolean;
  /** SystemModstamp, ISO 8601 in UTC. */
  readonly stamp: string;
}

/** Where reading of an object's changes stands: after this row, or from `stamp` on when there was none yet. */
export interface FeedPosition {
  /** SystemModstamp, ISO 8601 in UTC. */
  readonly stamp: string;
  readonly id: string | null;
}

export interface FeedRequest {
  readonly object: string;
  readonly keyField: string;
  /** Target fields to read; references are not among them. */
  readonly fields: readonly string[];
  /** Null: no changed rows are asked for (they were read to the end before). */
  readonly after: FeedPosition | null;
  /** Only rows that somebody else than the connector wrote last. */
  readonly othersOnly?: boolean;
  /** Deletions since this moment are asked for; null: none. */
  readonly deletedSince: string | null;
}

export interface ChangedRow {
  readonly object: string;
  readonly id: string;
  /** The Sync ID it carries. */
  readonly key: string | null;
  /** Canonical. */
  readonly fields: CanonicalFields;
  readonly stamp: string;
  readonly createdAt: string;
  /** Id of the user who made it. */
  readonly createdBy: string;
  readonly modifiedBy: { readonly id: string; readonly name: string | null; readonly person: boolean };
  /** Whether it is a person account; false in orgs without them. */
  readonly personAccount: boolean;
  /** Its Account, for contacts. */
  readonly accountId: string | null;
}

export interface DeletedRow {
  readonly object: string;
  readonly id: string;
  readonly deletedAt: string;
}

export interface FeedPage {
  readonly object: string;
  /** By (stamp, id). */
  readonly changed: readonly ChangedRow[];
  /** Whether nothing is left after the last row. */
  readonly complete: boolean;
  readonly deleted: readonly DeletedRow[];
  /** Up to when deletions are known; null when none were asked for. */
  readonly deletedUntil: string | null;
  /** The org's delete log reaches back to here only, later than what was asked for: some deletions may be unknown. */
  readonly deletionsLostBefore: string | null;
}

export interface FeedAnswer {
  /** The org's clock when it answered, ISO 8601 in UTC. */
  readonly serverTime: string;
  readonly pages: readonly FeedPage[];
}

/** What became of a record that is gone: merged into another, or deleted. */
export interface GoneRow {
  readonly id: string;
  readonly masterId: string | null;
  /** The recycle bin shows it. Otherwise it was erased for good, or is hidden from the connector's user. */
  readonly binned: boolean;
}

/** An object of the org that records can be written to. */
export interface ObjectName {
  readonly name: string;
  readonly label: string;
  readonly custom: boolean;
}

export interface Side {
  /** The objects of the org that mappings may write, by label; one call. Throws FaultError. */
  writableObjects(): Promise<readonly ObjectName[]>;
  /** Facts of the org and the describes of the objects asked for, from the shared cache or fresh. */
  describe(
    objects: readonly string[],
  ): Promise<{ facts: OrgFacts; objects: ReadonlyMap<string, ObjectDescribe> }>;
  /** Throws FaultError when it could not be read which records carry a key. */
  find(requests: readonly FindRequest[]): Promise<FindAnswer>;
  /** Row faults come back in the results; throws FaultError only when nothing can be said of any row. */
  write(rows: readonly WriteRow[], stillOurs?: StillOurs): Promise<WriteAnswer>;
  /** One call for up to 1,000 records; records that are gone are not in the answer. Throws FaultError. */
  read(requests: readonly ReadRequest[]): Promise<readonly ReadRow[]>;
  /** The id of the user the connector signs in as: what it wrote last is its own. Costs no call once signed in. */
  userId(): Promise<string>;
  /** Changed and deleted records of up to four objects, each from where it stands: one call. Throws FaultError. */
  changes(requests: readonly FeedRequest[]): Promise<FeedAnswer>;
  /** What became of records the feed told deleted; records that live again are not in the answer. Throws FaultError. */
  gone(object: string, ids: readonly string[]): Promise<readonly GoneRow[]>;
}
