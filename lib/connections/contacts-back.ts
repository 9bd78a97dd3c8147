/** Whether edits of Salesforce may go back to S-360: what the connection's file must give for it. Pure. */
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import type { CredentialName, CredentialReference } from "./credentials";

/** What calls to S-360 are signed with (s360.md §4.2). */
const needed = ["s360.operator", "s360.partner", "s360.secret"] as const satisfies readonly CredentialName[];

/** Which of operator, partner and secret are not known. */
export function missingForContactsBack(
  { s360 }: ConnectionSettings,
  stored: readonly Pick<CredentialReference, "name">[],
): readonly CredentialName[] {
  const known: Record<(typeof needed)[number], boolean> = {
    "s360.operator": Boolean(s360.operator),
    "s360.partner": Boolean(s360.partner),
    "s360.secret": stored.some(({ name }) => name === "s360.secret"),
  };
  return needed.filter((name) => !known[name]);
}

/** Whether sending back is wanted and everything it needs is known. */
export function contactsBackSetUp(
  settings: ConnectionSettings,
  stored: readonly Pick<CredentialReference, "name">[],
): boolean {
  return settings.contactsOut.enabled && missingForContactsBack(settings, stored).length === 0;
}

/** None of them is known: sending back was never set up, as opposed to set up by half. */
export function contactsBackUntouched(
  settings: ConnectionSettings,
  stored: readonly Pick<CredentialReference, "name">[],
): boolean {
  return missingForContactsBack(settings, stored).length === needed.length;
}
