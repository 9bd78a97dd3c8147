/** The rules an admin made for what was created, changed or deleted (design §1): what they make of one record. */
import type { Rules } from "@/lib/core/connection-settings";
import { contactKinds } from "@/lib/core/words";
import { agreedAfterOut } from "./back-agreement";
import type { LinkChanges } from "./back-changes";
import type { ClaimedRecord } from "./records";
import type { Effects, LinkResult, ReadyMapping, SyncDeps } from "./work";

type Rule = Rules["out"]["individual"]["update"];

/**
 * The results of links that a rule keeps from being written; none when they may be. What is ignored, or only told, is what
 * each side keeps from then on: it is not told again, and a rule that is changed later counts for what comes after it.
 */
export function ruledOut(
  record: ClaimedRecord,
  rule: Rule,
  changed: readonly LinkChanges[],
): readonly LinkResult[] {
  if (rule === "do" || record.waived.includes("by_rule")) return [];
  const lines = changed.flatMap(({ changes }) => changes.map(({ line }) => line));
  const names = [...new Set(lines.map(({ field }) => field.label))].join(", ");
  const what = `${names} changed in Salesforce`;
  if (rule === "review") {
    const sentence = `${what}. By rule a person decides whether it is sent to S-360.`;
    const subject = { fields: lines.map(({ target }) => target) };
    const fault = { code: "by_rule" as const, sentence };
    return changed.map(({ mapping }) => ({ record, mapping, outcome: "review", fault, subject }));
  }
  const sentence = `${what}. By rule it is not sent to S-360.`;
  const fields = lines.map(({ target }) => target);
  const told = rule === "tell" ? { sentence, happened: "changed" as const, fields } : undefined;
  return changed.map((one, nth) => keepBoth(record, one, nth === 0 ? told : undefined));
}

function keepBoth(record: ClaimedRecord, found: LinkChanges, told: Effects["told"]): LinkResult {
  const { link, mapping, changes, agreed } = found;
  const left = changes.map(({ line, value }) => ({
    field: line.target,
    salesforce: value,
    s360: undefined,
    how: "left" as const,
  }));
  return {
    record,
    mapping,
    outcome: "ignored",
    salesforceId: link.salesforceId,
    key: link.key,
    agreed: agreedAfterOut(agreed, left, { byPerson: found.byPerson, staleUntil: "" }),
    effects: {
      ...(told && { told }),
      // A question to S-360 is no edit: it is asked in the next turn.
      ...((found.doubtful.length > 0 || found.unanswered) && { again: ["out" as const] }),
    },
  };
}

/** The same for what S-360 sent: new records of Salesforce, and changes of those it has. */
export function ruledOutIn(
  { settings }: Pick<SyncDeps, "settings">,
  record: ClaimedRecord,
  ready: readonly ReadyMapping[],
): LinkResult | null {
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  if (!kind) return null;
  const isNew = record.links.length === 0;
  const rule = settings.rules.in[kind][isNew ? "create" : "update"];
  if (rule === "do" || record.waived.includes("by_rule") || lacksKey(record, ready)) return null;
  const plain = { record, mapping: null };
  if (rule === "ignore") return { ...plain, outcome: "ignored" };
  const what = isNew ? "S-360 sent a contact that Salesforce does not have" : "S-360 changed this contact";
  if (rule === "tell")
    return {
      ...plain,
      outcome: "ignored",
      effects: {
        told: {
          sentence: `${what}. By rule it is not written to Salesforce.`,
          happened: isNew ? "created" : "changed",
        },
      },
    };
  const sentence = `${what}. By rule a person decides whether it is written to Salesforce.`;
  return { ...plain, outcome: "review", fault: { code: "by_rule", sentence } };
}

/** The number of what was made in Salesforce and created in S-360 has to be written, whatever the rules say of changes. */
function lacksKey({ links }: ClaimedRecord, ready: readonly ReadyMapping[]): boolean {
  return links.some(({ mappingId, agreed }) => {
    const mapping = ready.find(({ published }) => published.mappingId === mappingId);
    return mapping && !Object.hasOwn(agreed.base, mapping.compiled.keyField);
  });
}
