import type { Row, Value } from "../model/types";
import type { Org } from "../org/org";

/** Pairs of an Account field of a person and the Contact field that holds the same value. */
export function mirroredFields(org: Org): { account: string; contact: string }[] {
  const pairs: { account: string; contact: string }[] = [];
  for (const field of org.schema.standard("Account").model.fields) {
    if (field.mirrors) pairs.push({ account: field.name, contact: field.mirrors });
  }
  return pairs;
}

/** Fields of the same name that a person account and its contact always share. */
export const SHARED_FIELDS = ["OwnerId", "CurrencyIsoCode"] as const;

export function copyValue(from: Row, fromName: string, to: Record<string, Value>, toName: string): void {
  const value = from[fromName] ?? null;
  if (value === null) delete to[toName];
  else to[toName] = value;
}
