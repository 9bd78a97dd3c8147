import { describe, expect, it } from "vitest";
import { faultRow } from "@/lib/core/faults";
import type { ObjectDescribe } from "@/lib/core/side";
import { answerFault, rowFault } from "./faults";
import type { RowContext } from "./fault-meaning";
import { table } from "./fault-rules";
import { orgErrors } from "./wire";

const text = {
  type: "text",
  length: 80,
  scale: 0,
  createable: true,
  updateable: true,
  nillable: true,
  defaultedOnCreate: false,
  externalId: false,
  unique: false,
  custom: false,
  restrictedPicklist: false,
  picklistValues: [],
  referenceTo: [],
  relationshipName: null,
} as const;

const contact: ObjectDescribe = {
  name: "Contact",
  label: "Contact",
  fields: [
    { ...text, name: "LastName", label: "Last Name" },
    { ...text, name: "Salutation", label: "Salutation" },
    { ...text, name: "SyncId__c", label: "Sync Id" },
  ],
};

function fault(code: string, message: string, fields: readonly string[] = [], more: RowContext = {}) {
  return rowFault({ code, message, fields }, { describe: contact, ...more }).fault;
}

describe("what the org says of a row", () => {
  it.each([
    [
      "UNABLE_TO_LOCK_ROW",
      "unable to obtain exclusive access to this record or 1 records: 001",
      [],
      "row_locked",
      "by itself",
    ],
    ["DUPLICATES_DETECTED", "Use one of these records?", [], "duplicate_rule", "Use one of these records?"],
    [
      "UNKNOWN_EXCEPTION",
      "System.QueryException: Record Currently Unavailable: The record you are attempting to edit",
      [],
      "row_locked",
      "by itself",
    ],
    [
      "APEX_ERROR",
      "Upd: execution of AfterUpdate caused by: System.DmlException: first error: unable to obtain exclusive access to this record",
      [],
      "row_locked",
      "by itself",
    ],
    ["ENTITY_IS_LOCKED", "the entity is locked for editing", [], "refused", "finish the approval"],
    ["CANNOT_REPARENT_RECORD", "cannot reparent", ["LastName"], "refused", "parent (Last Name)"],
    ["INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", "read only", [], "org_unavailable", "maintained"],
    [
      "DUPLICATE_VALUE",
      "duplicate value found: SyncId__c duplicates value on record with id: 0015f00000AbCdE",
      [],
      "duplicate_value",
      "(0015f00000AbCdE) already has this value in Sync Id",
    ],
    [
      "DUPLICATE_EXTERNAL_ID",
      "Sync Id: more than one record found for external id field: [a1, a2]",
      [],
      "duplicate_value",
      "[a1, a2]",
    ],
    [
      "REQUIRED_FIELD_MISSING",
      "Required fields are missing: [LastName]",
      ["LastName"],
      "required_missing",
      "a value in Last Name",
    ],
    [
      "REQUIRED_FIELD_MISSING",
      "Required fields are missing: [Foo__c]",
      [],
      "required_missing",
      "a value in Foo__c",
    ],
    [
      "STRING_TOO_LONG",
      "Last Name: data value too large: Aaaa (max length=80)",
      ["LastName"],
      "too_long",
      "Last Name is longer than Salesforce allows (80 characters)",
    ],
    [
      "STRING_TOO_LONG",
      "Last Name: data value too large: Aaaa (max length=80)",
      [],
      "too_long",
      "Last Name is longer",
    ],
    [
      "INVALID_EMAIL_ADDRESS",
      "Email: invalid email address: x",
      [],
      "invalid_value",
      "Email is not an e-mail address",
    ],
    [
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      "Salutation: bad value for restricted picklist field: Dame",
      ["Salutation"],
      "picklist_value",
      "Salutation does not have the value “Dame”",
    ],
    [
      "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      "Wir nehmen keine Müllers.",
      [],
      "validation_rule",
      "“Wir nehmen keine Müllers.”",
    ],
    [
      "FIELD_FILTER_VALIDATION_EXCEPTION",
      "Value does not exist or does not match filter criteria.",
      ["LastName"],
      "validation_rule",
      "Last Name",
    ],
    [
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      "ContactTrigger: execution of AfterInsert caused by: System.NullPointerException",
      [],
      "org_automation",
      "ContactTrigger",
    ],
    [
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      "ContactTrigger: execution of AfterInsert caused by: System.DmlException: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access",
      [],
      "row_locked",
      "by itself",
    ],
    ["ENTITY_IS_DELETED", "entity is deleted", [], "record_deleted", "recycle bin"],
    [
      "INVALID_FIELD",
      "No such column 'Foo__c' on sobject of type Contact",
      [],
      "field_missing",
      "no field Foo__c on Contact",
    ],
    [
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "Unable to create/update fields: Name. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
      ["Name"],
      "permission",
      "Name",
    ],
    [
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "Unable to create/update fields: Name. Please check",
      [],
      "permission",
      "Name",
    ],
    [
      "INSUFFICIENT_ACCESS_OR_READONLY",
      "insufficient access rights on object id",
      [],
      "permission",
      "permission set",
    ],
    [
      "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
      "insufficient access rights on cross-reference id",
      [],
      "permission",
      "permission set",
    ],
    ["TXN_SECURITY_NO_ACCESS", "The operation was blocked", [], "permission", "security policy"],
    [
      "INACTIVE_OWNER_OR_USER",
      "operation performed with inactive user [005] as owner of contact",
      [],
      "refused",
      "active owner",
    ],
    [
      "NUMBER_OUTSIDE_VALID_RANGE",
      "Quantity: value outside of valid range on numeric field: 1e20",
      [],
      "invalid_value",
      "Quantity",
    ],
    [
      "MALFORMED_ID",
      "Account ID: id value of incorrect type: 12",
      ["AccountId"],
      "invalid_value",
      "AccountId",
    ],
    ["STORAGE_LIMIT_EXCEEDED", "storage limit exceeded", [], "org_storage", "buy storage"],
    ["REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", [], "org_limit", "24 hours"],
    ["REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.", [], "org_crowded", "at once"],
    ["SERVER_UNAVAILABLE", "", [], "org_unavailable", "not available"],
    ["INVALID_SESSION_ID", "Session expired or invalid", [], "sign_in", "signs in again"],
    ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back", [], "org_busy", "by itself"],
    ["PROCESSING_HALTED", "The transaction was rolled back", [], "org_busy", "by itself"],
    ["QUERY_TIMEOUT", "Your query request was running for too long.", [], "org_busy", "by itself"],
    ["INVALID_TYPE", "sObject type 'X' is not supported.", [], "set_up", "Install the package"],
    [
      "NOT_FOUND",
      "Provided external ID field does not exist or is not accessible: X",
      [],
      "set_up",
      "external id field",
    ],
    ["MALFORMED_QUERY", "unexpected token", [], "internal", "unexpected token"],
    ["INVALID_QUERY_LOCATOR", "invalid query locator", [], "internal", "Report"],
    ["INVALID_REPLICATION_DATE", "startDate", [], "internal", "Report"],
    ["EXCEEDED_ID_LIMIT", "too many", [], "internal", "Report"],
    [
      "UNKNOWN_EXCEPTION",
      "An unexpected error occurred. Please include this ErrorId",
      [],
      "org_busy",
      "by itself",
    ],
    ["UNKNOWN_EXCEPTION", "Apex heap size too large", [], "org_automation", "Apex heap size"],
    ["SOMETHING_NEW", "Neue Welt", [], "refused", "(SOMETHING_NEW). Salesforce says: Neue Welt"],
    ["constructor", "odd", [], "refused", "odd"],
  ])("%s: %s", (code, message, fields, expected, words) => {
    const found = fault(code, message, fields);
    expect(found).toMatchObject({ code: expected, origin: { code, message } });
    expect(found.sentence).toContain(words);
    expect(found.sentence).not.toMatch(/undefined|null|!$/);
  });

  it("takes an unknown id for a deleted record only in an update", () => {
    const message = "invalid cross reference id";
    expect(fault("INVALID_CROSS_REFERENCE_KEY", message, [], { id: "001" }).code).toBe("record_deleted");
    expect(fault("INVALID_CROSS_REFERENCE_KEY", message, ["AccountId"], { id: "001" }).code).toBe("refused");
    const recordType = "Record Type ID: this ID value isn't valid for the user: 012";
    expect(fault("INVALID_CROSS_REFERENCE_KEY", recordType, ["RecordTypeId"]).code).toBe("permission");
  });

  it("finds the lookup a missing external id belongs to, by value, object and without case", () => {
    const references = [
      { field: "Account__c", object: "Account", key: "k-1" },
      { field: "Contact__c", object: "Contact", key: "K-1" },
      { field: "Other__c", object: "Account", key: "k-2" },
    ];
    const message = "Foreign key external ID: k-1 not found for field SyncId__c in entity Contact";
    const found = rowFault({ code: "INVALID_FIELD", message, fields: [] }, { references });
    expect(found.missingReference).toEqual(references[1]);
    expect(found.fault).toMatchObject({ code: "reference_missing", field: "Contact__c" });
  });
});

/** The codes of salesforce.md §3.3. */
const documented =
  `INVALID_SESSION_ID REQUEST_LIMIT_EXCEEDED SERVER_UNAVAILABLE UNABLE_TO_LOCK_ROW DUPLICATES_DETECTED
  DUPLICATE_VALUE REQUIRED_FIELD_MISSING STRING_TOO_LONG INVALID_EMAIL_ADDRESS INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST
  FIELD_CUSTOM_VALIDATION_EXCEPTION CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY ENTITY_IS_DELETED INVALID_FIELD
  INVALID_FIELD_FOR_INSERT_UPDATE INVALID_TYPE NOT_FOUND MALFORMED_ID MALFORMED_QUERY INVALID_CROSS_REFERENCE_KEY
  INSUFFICIENT_ACCESS_OR_READONLY INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY INACTIVE_OWNER_OR_USER
  NUMBER_OUTSIDE_VALID_RANGE STORAGE_LIMIT_EXCEEDED ALL_OR_NONE_OPERATION_ROLLED_BACK PROCESSING_HALTED QUERY_TIMEOUT
  INVALID_QUERY_LOCATOR INVALID_REPLICATION_DATE EXCEEDED_ID_LIMIT`.split(/\s+/);

/** What a person is to do, or that nobody has to do anything. */
const advice =
  /by itself|Report this|\b(Merge|Map|Add|Shorten|Correct|Ask|Check|Give|Create|Install|Restore|Delete|Exempt|Assign|Unlock|Choose|Allow)\b/;

describe("the table of faults", () => {
  it("has a row for every documented code", () => {
    expect(documented.filter((code) => !Object.hasOwn(table, code))).toEqual([]);
  });

  it.each(Object.keys(table))(
    "%s: says what to do, whoever has to, and names fields by their label",
    (code) => {
      for (const message of ["", "Some words of Salesforce."]) {
        for (const fields of [[], ["LastName"]]) {
          const { code: ours, sentence } = fault(code, message, fields);
          const { retry, actor } = faultRow(ours);
          expect(sentence).toMatch(advice);
          expect(sentence).not.toMatch(/undefined|null|LastName| {2}/);
          if (actor === "nobody") expect(retry).toBe("later");
          if (actor === "nobody") expect(sentence).toContain("by itself");
        }
      }
    },
  );
});

describe("an error body", () => {
  it("is read in either spelling of the duplicate result", () => {
    for (const key of ["duplicateResut", "duplicateResult"]) {
      const body = [
        { errorCode: "DUPLICATES_DETECTED", message: "Use one?", [key]: { errorMessage: "You know her." } },
      ];
      expect(orgErrors(body)).toEqual([
        { code: "DUPLICATES_DETECTED", message: "You know her.", fields: [] },
      ]);
    }
  });

  it("may be none of the org's", () => {
    expect(orgErrors("<html>")).toEqual([]);
    expect(answerFault({ status: 500, body: "<html>" })).toMatchObject({
      code: "internal",
      origin: { code: "HTTP_500" },
    });
  });
});

it("a value that another record holds names its field, though the org says it only in its message", () => {
  const message = "duplicate value found: SyncId__c duplicates value on record with id: 0015f00000AbCdE";
  const { fault } = rowFault({ code: "DUPLICATE_VALUE", message, fields: [] });
  expect(fault).toMatchObject({ code: "duplicate_value", field: "SyncId__c" });
});
