import { rowError, type RowError } from "../../http/errors";
import type { Change } from "../change";

/** The contact of a person account stays with its account. */
export function refusesMovingPersonContacts(change: Change): RowError[] {
  const { before, after } = change;
  if (change.object.name !== "Contact" || before?.IsPersonAccount !== true) return [];
  if ((after.AccountId ?? null) === (before.AccountId ?? null)) return [];
  return [
    rowError(
      "INVALID_PERSON_ACCOUNT_OPERATION",
      "cannot change the account of the contact of a person account",
      ["AccountId"],
    ),
  ];
}
