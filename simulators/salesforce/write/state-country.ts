import type { Change } from "./change";
import { rowError, type RowError } from "../http/errors";
import type { Territory } from "../model/countries";
import { COUNTRY_LIST, isStateCode, statesOf, type TerritoryList } from "../model/find-territory";
import type { SObject } from "../model/schema";
import type { ObjectModel, Value } from "../model/types";

/** What an address will hold in State, StateCode, Country and CountryCode, or why it cannot. */
export type ResolvedAddress = { values: Record<string, Value> } | { error: RowError };

const prefixesByModel = new WeakMap<ObjectModel, readonly string[]>();

/** Prefixes of the object's addresses that have codes: `Billing`, `PersonMailing` …; none in other orgs. */
export function codedAddresses({ model }: SObject): readonly string[] {
  const known = prefixesByModel.get(model);
  if (known) return known;
  const prefixes = model.fields
    .filter((field) => field.type === "address" && field.addressParts.includes("CountryCode"))
    .map((field) => field.name.slice(0, -"Address".length));
  prefixesByModel.set(model, prefixes);
  return prefixes;
}

/**
 * Keeps texts and codes of an address in step: a code given sets the text, a text given sets the code; both given and
 * different is an error on an update, while on an insert the code wins; without a country there is no state (Salesforce
 * Help, "State and Country/Territory Picklist Field-Syncing Logic").
 */
export function resolveAddress(change: Change, prefix: string): ResolvedAddress {
  const country = resolve(change, prefix, "Country", COUNTRY_LIST);
  if (country.kind === "bad") return { error: badCountry(change, country) };
  const countryCode = country.territory?.code ?? null;
  const states = countryCode === null ? undefined : statesOf(countryCode);
  const state = resolve(change, prefix, "State", states);
  if (state.kind === "bad") {
    if (states) return { error: badState(change, state) };
    if (state.isGiven) return { error: stateWithoutCountry(change, state) };
  }
  const found = state.kind === "good" ? state.territory : null;
  return {
    values: {
      [`${prefix}Country`]: country.territory?.name ?? null,
      [`${prefix}CountryCode`]: countryCode,
      [`${prefix}State`]: found?.name ?? null,
      [`${prefix}StateCode`]: found?.code ?? null,
    },
  };
}

interface Good {
  kind: "good";
  territory: Territory | null;
}

/** A value that is not in the list, in this field. */
interface Bad {
  kind: "bad";
  fieldName: string;
  value: string;
  isCode: boolean;
  /** Whether the caller gave it, and not the row before. */
  isGiven: boolean;
}

function resolve(
  change: Change,
  prefix: string,
  part: "Country" | "State",
  list: TerritoryList | undefined,
): Good | Bad {
  const names = { text: `${prefix}${part}`, code: `${prefix}${part}Code` };
  const isGiven = (name: string) => [...change.given].some((field) => field.name === name);
  const text = textOf(change.after[names.text]);
  const code = textOf(change.after[names.code]);
  const codeRules = isGiven(names.code) || !isGiven(names.text);
  const bad = (isCode: boolean, value: string): Bad => {
    const fieldName = isCode ? names.code : names.text;
    return { kind: "bad", fieldName, value, isCode, isGiven: isGiven(fieldName) };
  };
  if (codeRules && code !== null) {
    const territory = list?.byCode(code);
    if (!territory) return bad(true, code);
    const contradicts =
      change.kind === "update" &&
      isGiven(names.text) &&
      text !== null &&
      list?.byName(text)?.code !== territory.code;
    return contradicts ? bad(false, text) : { kind: "good", territory };
  }
  if (!isGiven(names.text) || text === null) return { kind: "good", territory: null };
  const territory = list?.byName(text);
  return territory ? { kind: "good", territory } : bad(false, text);
}

function textOf(value: Value | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function badCountry({ object }: Change, { fieldName, value, isCode }: Bad): RowError {
  const label = object.field(fieldName)?.label ?? fieldName;
  if (isCode) {
    return rowError(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      `${label}: bad value for restricted picklist field: ${value}`,
      [fieldName],
    );
  }
  return integrityError(
    fieldName,
    `There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: ${label}`,
  );
}

function badState({ object }: Change, { fieldName, value, isCode }: Bad): RowError {
  const label = object.field(fieldName)?.label ?? fieldName;
  if (isCode && isStateCode(value)) {
    return integrityError(
      fieldName,
      `The existing country/territory doesn't recognize the state value for field: ${label}`,
    );
  }
  if (isCode) {
    return integrityError(
      fieldName,
      `The ${fieldName} field contains ${value}, which isn't an available state. Your administrator can add it for you.`,
    );
  }
  return integrityError(
    fieldName,
    `There's a problem with this state, even though it may appear correct. Please select a state from the list of valid states.: ${label}`,
  );
}

function stateWithoutCountry({ object }: Change, { fieldName }: Bad): RowError {
  const label = object.field(fieldName)?.label ?? fieldName;
  return integrityError(
    fieldName,
    `A country/territory must be specified before specifying a state value for field: ${label}`,
  );
}

function integrityError(fieldName: string, message: string): RowError {
  return rowError("FIELD_INTEGRITY_EXCEPTION", message, [fieldName]);
}
