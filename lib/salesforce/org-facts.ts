/**
 * What has to be known of an org before anything is written (salesforce.md §5, §6): asked in the same call as the
 * describe of Account.
 */
import { FaultError } from "@/lib/core/faults";
import type { ObjectDescribe, OrgFacts, RecordTypeFact } from "@/lib/core/side";
import type { Subanswer, Subrequest } from "./client";
import { readDescribe } from "./describe-answer";
import { answerFault } from "./faults";
import { queryAnswerSchema } from "./wire";

const MANAGED_PREFIX = "secutix__";

export function factsRequests(): readonly Subrequest[] {
  return [
    query("organization", "SELECT Id, Name FROM Organization"),
    query("recordTypes", "SELECT Id, DeveloperName, SobjectType FROM RecordType WHERE IsActive = true"),
    // RecordType has no IsPersonType in orgs without person accounts: this one may fail.
    query("personTypes", "SELECT Id FROM RecordType WHERE IsActive = true AND IsPersonType = true"),
    { referenceId: "managedSale", method: "GET", path: `/sobjects/${MANAGED_PREFIX}SecutixSale__c/describe` },
  ];
}

function query(referenceId: string, soql: string): Subrequest {
  return { referenceId, method: "GET", path: `/query?q=${encodeURIComponent(soql)}` };
}

/** Throws FaultError: `set_up` when the connector's user sees no accounts, else what the org said. */
export function readFacts(
  answers: ReadonlyMap<string, Subanswer>,
  account: ObjectDescribe | undefined,
  organizationId: string,
  fetchedAt: string,
): OrgFacts {
  if (!account) {
    throw new FaultError({
      code: "set_up",
      sentence:
        "The connector's Salesforce user cannot see the Account object. Assign the connector's permission set to the user.",
      origin: { code: "NOT_FOUND", message: "Account" },
    });
  }
  const has = (field: string): boolean => account.fields.some(({ name }) => name === field);
  const managed = has(`${MANAGED_PREFIX}SyncId__c`) || readDescribe(answers.get("managedSale")) !== null;
  const personAccounts = has("IsPersonAccount");
  // Some users may not read their own Organization; the id is known from the sign-in, the name is a courtesy.
  const [organization] = rowsIfAny(answers.get("organization"));
  return {
    prefix: managed ? MANAGED_PREFIX : "",
    personAccounts,
    multiCurrency: has("CurrencyIsoCode"),
    recordTypes: recordTypes(answers, personAccounts),
    organizationId: text(organization?.["Id"]) || organizationId,
    organizationName: text(organization?.["Name"]),
    fetchedAt,
  };
}

function recordTypes(
  answers: ReadonlyMap<string, Subanswer>,
  personAccounts: boolean,
): readonly RecordTypeFact[] {
  const persons = personAccounts ? rows(answers.get("personTypes")) : [];
  const personIds = new Set(persons.map((row) => text(row["Id"])));
  return rows(answers.get("recordTypes")).map((row) => ({
    id: text(row["Id"]),
    object: text(row["SobjectType"]),
    developerName: text(row["DeveloperName"]),
    person: personIds.has(text(row["Id"])),
  }));
}

function rows(answer: Subanswer | undefined): readonly Record<string, unknown>[] {
  const parsed = queryAnswerSchema.safeParse(answer?.body);
  if (answer?.status === 200 && parsed.success) return parsed.data.records;
  throw new FaultError(answerFault(answer));
}

function rowsIfAny(answer: Subanswer | undefined): readonly Record<string, unknown>[] {
  return answer?.status === 200 ? rows(answer) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
