/** Contacts that S-360 has anonymised: by rule their Salesforce record is blanked, whatever filters and other rules say. */
import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import type { Agreed, FieldTrace } from "@/lib/core/agreement";
import { anonymousName, isAnonymised, isUnknownToS360, ruleFor } from "@/lib/core/anonymised";
import { faultRow, outcomeOf, type Fault } from "@/lib/core/faults";
import { blanksOf, staysFilled } from "@/lib/core/mapping/blanks";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import type { EvaluatedField, EvaluationContext } from "@/lib/core/mapping/evaluation";
import type { FoundRow } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import type { ClaimedRecord, LinkRow } from "./records";
import type { LinkResult, LinkWork, ReadyMapping, SyncSettings } from "./work";

type Settings = Pick<SyncSettings, "rules" | "anonymised">;

/** Whether what S-360 last said of a record tells that it was anonymised. */
export function saysAnonymised(
  { anonymised }: Pick<SyncSettings, "anonymised">,
  { family, state }: ClaimedRecord,
): boolean {
  return family === "contact" && isAnonymised(state, anonymised);
}

/** Records of which a person has said that their Salesforce record stays as it is: it is not asked again. */
export async function keptThough(
  db: Database,
  { rules, anonymised }: Settings,
  records: readonly ClaimedRecord[],
): Promise<ReadonlySet<number>> {
  const asked = records.filter(
    (record) =>
      saysAnonymised({ anonymised }, record) && ruleFor(record.state, rules.in.anonymised) === "review",
  );
  if (asked.length === 0) return new Set();
  const rows = await db.execute<{ record_id: string }>(sql`
    select distinct v.record_id
    from unnest(
      ${sql.param(asked.map(({ id }) => id))}::bigint[],
      ${sql.param(asked.map(({ state }) => isUnknownToS360(state)))}::boolean[],
      ${sql.param(asked.map(({ contactId }) => contactId))}::text[]
    ) as r (id, concluded, contact_id)
    join review v on v.record_id = r.id
    where v.kind = 'anonymised' and v.state = 'closed' and v.choice = 'keep'
      and coalesce((v.subject ->> 'concluded')::boolean, false) = r.concluded
      and v.subject ->> 'contactId' is not distinct from r.contact_id`);
  return new Set(rows.rows.map(({ record_id: id }) => Number(id)));
}

interface Blanking {
  readonly context: EvaluationContext;
  /** A person has said that its Salesforce record stays as it is. */
  readonly kept: boolean;
  /** What the mapping makes of what S-360 still says of it. */
  readonly asSent: () => Promise<LinkWork | LinkResult>;
}

/**
 * What is to be written of it through one mapping. What Salesforce does not have is written as S-360 sends it, nameless, for
 * its sales are kept; but not what S-360 itself knows no more. What Salesforce has with the Sync ID of the contact is taken
 * up, and treated by the rule unless it holds no more than that.
 */
export async function blankOne(
  settings: Settings,
  record: ClaimedRecord,
  mapping: ReadyMapping,
  { context, kept, asSent }: Blanking,
): Promise<LinkWork | LinkResult> {
  const { compiled, published } = mapping;
  const link = record.links.find((row) => row.mappingId === published.mappingId) ?? null;
  const blanks = blanksOf(compiled, anonymousName(settings.anonymised));
  const ruled = byRule(settings, record, mapping, { link, blanks, kept });
  const ignored: LinkResult = { record, mapping, outcome: "ignored" };
  if (link && ruled !== "blank") return ruled ?? ignored;
  const key = link?.key ?? (await keyOf(mapping, record, context));
  if (key === null) return ignored;
  const rowId = `${record.id}.${published.mappingId}`;
  const marking = { rowId, record, mapping, key, marksOnly: true, link, awaits: new Map() };
  const blanking: LinkWork = { ...marking, fields: blanks, blanks: true };
  if (link) return blanking;
  const sent = isUnknownToS360(record.state) ? ignored : await asSent();
  if ("outcome" in sent && !isLeftOut(sent)) return sent;
  const work =
    "outcome" in sent
      ? blanking
      : { ...sent, fields: withUnsaid(sent.fields, blanks), blanks: true as const };
  const ifThere = (found: FoundRow): LinkWork | LinkResult => {
    if (holdsNoMore(found, work.fields, blanks)) return work;
    if (ruled === "blank") return blanking;
    // Nothing is written, but it is known whose record it is.
    return ruled ?? { ...marking, fields: [] };
  };
  return { ...work, ifThere };
}

/** By its filter or for want of a name: the mapping has nothing to write of it. */
function isLeftOut(result: LinkResult): boolean {
  return result.outcome === "ignored" || ("fault" in result && result.fault?.code === "missing_value");
}

function withUnsaid(
  fields: readonly EvaluatedField[],
  blanks: readonly EvaluatedField[],
): readonly EvaluatedField[] {
  const said = new Set(fields.map(({ target }) => target));
  return [...fields, ...blanks.filter(({ target }) => !said.has(target))];
}

/** Of what would be blanked it has only what it would be written with. */
function holdsNoMore(
  { fields: held }: FoundRow,
  fields: readonly EvaluatedField[],
  blanks: readonly EvaluatedField[],
): boolean {
  const values = new Map(fields.map(({ target, value }) => [target, value]));
  return blanks.every(({ target }) => isDeepStrictEqual(held[target] ?? null, values.get(target) ?? null));
}

/** Null: it stays as it is. */
function byRule(
  settings: Settings,
  record: ClaimedRecord,
  mapping: ReadyMapping,
  {
    link,
    blanks,
    kept,
  }: {
    readonly link: LinkRow | null;
    readonly blanks: readonly EvaluatedField[];
    readonly kept: boolean;
  },
): LinkResult | "blank" | null {
  const { compiled } = mapping;
  const rule = ruleFor(record.state, settings.rules.in.anonymised);
  const asks =
    rule === "review" && !record.waived.includes("anonymised") && !(link && isBlanked(link, blanks));
  if (rule === "ignore" || (asks && kept)) return null;
  if (asks)
    return askPerson(record, mapping, blanks, staysFilled(compiled, anonymousName(settings.anonymised)));
  const broken = compiled.problems.filter(({ lineIndex }) => lineIndex >= 0).map(({ fault }) => fault);
  return broken.length > 0 ? notAll(record, mapping, broken) : "blank";
}

/** What the org hides from the connector would stay filled, and nobody would know. */
function notAll(record: ClaimedRecord, mapping: ReadyMapping, faults: readonly Fault[]): LinkResult {
  const gravest = faults.find(({ code }) => faultRow(code).retry === "never") ?? faults[0];
  const code = gravest?.code ?? "field_missing";
  const why = [...new Set(faults.map((fault) => fault.sentence))].join(" ");
  const sentence = `S-360 anonymised this contact, and its Salesforce record cannot be blanked as a whole. ${why}`;
  return { record, mapping, outcome: outcomeOf(code), fault: { ...gravest, code, sentence } };
}

function askPerson(
  record: ClaimedRecord,
  mapping: ReadyMapping,
  fields: readonly EvaluatedField[],
  filled: readonly string[],
): LinkResult {
  const but =
    filled.length > 0
      ? ` ${filled.join(", ")} cannot be emptied there, or not by the connector: see to that in Salesforce.`
      : "";
  const why = isUnknownToS360(record.state)
    ? "S-360, asked for this contact, does not know it any more: it was deleted there, or is hidden from the connector. A person decides"
    : "S-360 anonymised this contact, which cannot be taken back there. By rule a person decides";
  const sentence = `${why} whether its Salesforce record is blanked.${but}`;
  const concluded = isUnknownToS360(record.state);
  const subject = {
    fields: fields.map(({ target }) => target),
    contactId: record.contactId,
    ...(concluded && { concluded }),
  };
  return { record, mapping, outcome: "review", fault: { code: "anonymised", sentence }, subject };
}

async function keyOf(
  { compiled }: ReadyMapping,
  { state }: ClaimedRecord,
  context: EvaluationContext,
): Promise<string | null> {
  const isKey = (target: string) => target.toLowerCase() === compiled.keyField.toLowerCase();
  const lines = compiled.lines.filter(({ target }) => isKey(target));
  return (await evaluateMapping({ ...compiled, lines, recordTypeId: null }, state, context)).key;
}

/** Whether all of it was blanked before: what a mapping has got since was not. */
function isBlanked({ agreed }: LinkRow, fields: readonly EvaluatedField[]): boolean {
  return fields.every(({ target }) => agreed.traces[target]?.blanked === true);
}

/** Fields that are blanked whatever is known of them: people may have filled what S-360 never said. */
export function notYetBlanked({ blanks, link, fields }: LinkWork): ReadonlySet<string> {
  if (!blanks || !link) return new Set();
  const open = fields.filter(({ target }) => link.agreed.traces[target]?.blanked !== true);
  return new Set(open.map(({ target }) => target));
}

/**
 * What is agreed once the fields are blanked: nothing of what they held goes back, or comes back. Of fields that no line
 * fills any more nothing is known.
 */
export function agreedBlank(
  { base, stored, traces }: Agreed,
  { fields, mapping: { compiled } }: Pick<LinkWork, "fields" | "mapping">,
): Agreed {
  const names = new Set(fields.map(({ target }) => target));
  const filled = new Set([compiled.keyField, "RecordTypeId", ...compiled.lines.map(({ target }) => target)]);
  const blanked = Object.fromEntries(
    [...names].map((name): [string, FieldTrace] => [name, { blanked: true }]),
  );
  return {
    base: only(base, (name) => filled.has(name)),
    stored: only(stored, (name) => filled.has(name) && !names.has(name)),
    traces: { ...only(traces, (name) => filled.has(name)), ...blanked },
  };
}

function only<T>(
  byField: Readonly<Record<string, T>>,
  test: (name: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(byField).filter(([name]) => test(name)));
}
