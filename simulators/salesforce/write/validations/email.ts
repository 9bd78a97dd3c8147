import { rowError, type RowError } from "../../http/errors";
import type { Change } from "../change";

const EMAIL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/** E-mail addresses that Salesforce does not take: no @, no dot in the domain, letters beyond ASCII. */
export function refusesBadEmails(change: Change): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    const value = change.after[field.name];
    if (field.type !== "email" || typeof value !== "string" || isEmail(value)) continue;
    errors.push(
      rowError("INVALID_EMAIL_ADDRESS", `${field.label}: invalid email address: ${value}`, [field.name]),
    );
  }
  return errors;
}

function isEmail(text: string): boolean {
  const local = text.slice(0, text.indexOf("@"));
  return EMAIL.test(text) && !local.startsWith(".") && !local.endsWith(".") && !text.includes("..");
}
