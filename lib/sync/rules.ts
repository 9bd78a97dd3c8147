/** The rules an admin made for what was created, changed or deleted (design §1): what they make of one record. */
import type { Rules } from "@/lib/core/connection-settings";
import { isUnknownToS360 } from "@/lib/core/anonymised";
import { agreedAfterIn, agreedInSalesforce, type Agreed } from "@/lib/core/agreement";
import type { Fault } from "@/lib/core/faults";
import { contactKinds } from "@/lib/core/words";
import { agreedAfterOut } from "./back-agreement";
import type { LinkChanges } from "./back-changes";
import type { DecidedWork, ReconciledWork } from "./hidden-edits";
import type { ClaimedRecord } from "./records";
import { isSaid, nothingSaid, saidBefore } from "./said-before";
import type { Effects, LinkResult, SyncDeps } from "./work";

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

/** What the rules say of contacts that Salesforce does not have, by record; what they let pass is left out. */
export async function newRuledOut(
  { db, settings }: Pick<SyncDeps, "db" | "settings">,
  records: readonly ClaimedRecord[],
): Promise<ReadonlyMap<number, LinkResult>> {
  const ruled = records.flatMap((record) => {
    const kind = contactKinds.find((candidate) => candidate === record.kind);
    if (!kind || record.links.length > 0 || record.waived.includes("by_rule")) return [];
    // It is not created in any case.
    if (isUnknownToS360(record.state)) return [];
    const rule = settings.rules.in[kind].create;
    return rule === "do" ? [] : [{ record, rule }];
  });
  const spoken = ruled.filter(({ rule }) => rule !== "ignore");
  const said = await saidBefore(
    db,
    "in",
    spoken.map(({ record }) => record),
  );
  return new Map(ruled.map(({ record, rule }) => [record.id, notCreated(record, rule, said.get(record.id))]));
}

function notCreated(record: ClaimedRecord, rule: Exclude<Rule, "do">, said = nothingSaid): LinkResult {
  const what = "S-360 sent a contact that Salesforce does not have";
  const plain = { record, mapping: null };
  const told = toldOf(rule, what, "created");
  if (rule === "ignore" || isSaid(rule, said)) return { ...plain, outcome: "ignored" };
  if (rule === "review") {
    const subject = { happened: "created" as const, contactId: record.contactId };
    return { ...plain, outcome: "review", fault: decidedByPerson(what), subject };
  }
  return {
    ...plain,
    outcome: "ignored",
    effects: { told: told && { ...told, contactId: record.contactId } },
  };
}

/** What the rules make of changes that S-360 sent, by record; what changes nothing in Salesforce is no change. */
export function changesRuledOut(
  { settings }: Pick<SyncDeps, "settings">,
  decided: readonly DecidedWork[],
): ReadonlyMap<ClaimedRecord, Exclude<Rule, "do">> {
  const ruled = new Map<ClaimedRecord, Exclude<Rule, "do">>();
  const keyless = new Set(decided.filter(lacksKey).map(({ work }) => work.record));
  for (const { work, decision } of decided) {
    const { record } = work;
    const kind = contactKinds.find((candidate) => candidate === record.kind);
    if (!kind || record.links.length === 0 || decision.verb === "unchanged" || work.blanks) continue;
    const rule = settings.rules.in[kind].update;
    if (rule !== "do" && !record.waived.includes("by_rule") && !keyless.has(record)) ruled.set(record, rule);
  }
  return ruled;
}

/** How a change ends that a rule keeps from Salesforce. From then on each side keeps its own, unless a person is to decide. */
export function changeRuledOut(
  rule: Exclude<Rule, "do">,
  item: ReconciledWork,
  effects: Effects | undefined,
): LinkResult {
  const { work, id, conflicts } = item;
  const { record, mapping, key } = work;
  const what = "S-360 changed this contact";
  if (rule === "review") return { record, mapping, outcome: "review", fault: decidedByPerson(what), effects };
  const told = toldOf(rule, what, "changed");
  const plain = { record, mapping, outcome: "ignored" as const, conflicts, effects: { ...effects, told } };
  return work.link && id !== null ? { ...plain, salesforceId: id, key, agreed: keptApart(item) } : plain;
}

function keptApart({ work, agreed, decision, doubtful }: ReconciledWork): Agreed {
  const after = agreedAfterIn(agreed, decision.base, [], new Set(work.mapping.back.keys()), doubtful);
  const kept = Object.keys(decision.fields).map((name) => [name, agreedInSalesforce(agreed, name) ?? null]);
  return { ...after, stored: { ...after.stored, ...Object.fromEntries(kept) } };
}

function decidedByPerson(what: string): Fault {
  return {
    code: "by_rule",
    sentence: `${what}. By rule a person decides whether it is written to Salesforce.`,
  };
}

function toldOf(rule: Rule, what: string, happened: "created" | "changed"): Effects["told"] {
  return rule === "tell"
    ? { sentence: `${what}. By rule it is not written to Salesforce.`, happened }
    : undefined;
}

/** The number of what was made in Salesforce and created in S-360 has to be written, whatever the rules say of changes. */
function lacksKey({ work: { link, mapping } }: DecidedWork): boolean {
  return link !== null && !Object.hasOwn(link.agreed.base, mapping.compiled.keyField);
}
