/** The rules an admin made for what was created, changed or deleted (design §1): what they make of one record. */
import type { Rules } from "@/lib/core/connection-settings";
import { contactKinds } from "@/lib/core/words";
import type { LinkChanges } from "./back-changes";
import type { ClaimedRecord } from "./records";
import type { LinkResult, SyncDeps } from "./work";

type Rule = Rules["out"]["individual"]["update"];

/** The result of a record that a rule keeps from being written; null when it may be. */
export function ruledOut(
  record: ClaimedRecord,
  rule: Rule,
  changed: readonly LinkChanges[],
): LinkResult | null {
  if (rule === "do" || record.waived.includes("by_rule")) return null;
  const fields = changed.flatMap(({ changes }) => changes.map(({ line }) => line));
  const names = [...new Set(fields.map(({ field }) => field.label))].join(", ");
  const plain = { record, mapping: null };
  if (rule === "ignore") return { ...plain, outcome: "ignored" };
  const what = `${names} changed in Salesforce`;
  if (rule === "tell")
    return { ...plain, outcome: "ignored", effects: { told: `${what}. By rule it is not sent to S-360.` } };
  const sentence = `${what}. By rule a person decides whether it is sent to S-360.`;
  const subject = { fields: fields.map(({ target }) => target) };
  return { ...plain, outcome: "review", fault: { code: "by_rule", sentence }, subject };
}

/** The same for what S-360 sent: new records of Salesforce, and changes of those it has. */
export function ruledOutIn(
  { settings }: Pick<SyncDeps, "settings">,
  record: ClaimedRecord,
): LinkResult | null {
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  if (!kind) return null;
  const isNew = record.links.length === 0;
  const rule = settings.rules.in[kind][isNew ? "create" : "update"];
  if (rule === "do" || record.waived.includes("by_rule")) return null;
  const plain = { record, mapping: null };
  if (rule === "ignore") return { ...plain, outcome: "ignored" };
  const what = isNew ? "S-360 sent a contact that Salesforce does not have" : "S-360 changed this contact";
  if (rule === "tell")
    return {
      ...plain,
      outcome: "ignored",
      effects: { told: `${what}. By rule it is not written to Salesforce.` },
    };
  const sentence = `${what}. By rule a person decides whether it is written to Salesforce.`;
  return { ...plain, outcome: "review", fault: { code: "by_rule", sentence } };
}
