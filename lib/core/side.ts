/**
 * What the engine asks of a side, in our words. The Salesforce adapter implements it; tests need only an object.
 */
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
}

export interface FoundRow {
  readonly object: string;
  /** As asked for (the org compares without case). */
  readonly key: string;
  readonly id: string;
  readonly fields: CanonicalFields;
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
}

export type RowResult =
  | { readonly rowId: string; readonly ok: true; readonly id: string; readonly created: boolean }
  /**
   * `missingReference`: the target field whose external id was not found. The fault may be a wide one when a later call
   * died and this row was not settled before.
   */
  | { readonly rowId: string; readonly ok: false; readonly fault: Fault; readonly missingReference?: string };

export interface WriteAnswer {
  readonly results: readonly RowResult[];
  /** One entry per outward call with the rows it carried; a row that was tried again is in several. */
  readonly calls: readonly { readonly callId: string; readonly rowIds: readonly string[] }[];
}

export interface Side {
  /** Facts of the org and the describes of the objects asked for, from the shared cache or fresh. */
  describe(
    objects: readonly string[],
  ): Promise<{ facts: OrgFacts; objects: ReadonlyMap<string, ObjectDescribe> }>;
  /** Throws FaultError when the call as a whole failed. */
  find(requests: readonly FindRequest[]): Promise<readonly FoundRow[]>;
  /** Row faults come back in the results; throws FaultError only when nothing can be said of any row. */
  write(rows: readonly WriteRow[]): Promise<WriteAnswer>;
}
