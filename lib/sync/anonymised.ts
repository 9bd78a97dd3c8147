/** Contacts that S-360 has anonymised: by rule their Salesforce record is blanked, whatever filters and other rules say. */
import { sql } from "drizzle-orm";
import type { Agreed, FieldTrace } from "@/lib/core/agreement";
import { anonymousName, isAnonymised } from "@/lib/core/anonymised";
import { blanksOf } from "@/lib/core/mapping/blanks";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import type { EvaluatedField, EvaluationContext } from "@/lib/core/mapping/evaluation";
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
  const asked = records.filter((record) => saysAnonymised({ anonymised }, record));
  if (rules.in.anonymised !== "review" || asked.length === 0) return new Set();
  const rows = await db.execute<{ record_id: string }>(sql`
    select distinct record_id from review
    where record_id = any(${sql.param(asked.map(({ id }) => id))}::bigint[])
      and kind = 'anonymised' and state = 'closed' and choice = 'keep'`);
  return new Set(rows.rows.map(({ record_id: id }) => Number(id)));
}

/**
 * What is to be written of it through one mapping. What Salesforce does not have is not created; what it has with the Sync
 * ID of the contact is taken up and blanked.
 */
export async function blankOne(
  settings: Settings,
  record: ClaimedRecord,
  mapping: ReadyMapping,
  { context, kept }: { readonly context: EvaluationContext; readonly kept: boolean },
): Promise<LinkWork | LinkResult> {
  const { compiled, published } = mapping;
  const rule = settings.rules.in.anonymised;
  const link = record.links.find((row) => row.mappingId === published.mappingId) ?? null;
  const fields = blanksOf(compiled, anonymousName(settings.anonymised));
  const asks =
    rule === "review" && !record.waived.includes("anonymised") && !(link && isBlanked(link, fields));
  if (rule === "ignore" || (asks && (kept || !link))) return { record, mapping, outcome: "ignored" };
  if (asks) return askPerson(record, mapping, fields);
  const key = link?.key ?? (await keyOf(mapping, record, context));
  if (key === null) return { record, mapping, outcome: "ignored" };
  const rowId = `${record.id}.${published.mappingId}`;
  return { rowId, record, mapping, key, fields, marksOnly: true, blanks: true, link, awaits: new Map() };
}

function askPerson(
  record: ClaimedRecord,
  mapping: ReadyMapping,
  fields: readonly EvaluatedField[],
): LinkResult {
  const sentence =
    "S-360 anonymised or deleted this contact, which cannot be taken back there. By rule a person decides whether its Salesforce record is blanked.";
  const subject = { fields: fields.map(({ target }) => target) };
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

/** What is agreed once the fields are blanked: nothing of what they held goes back, or comes back. */
export function agreedBlank({ base, stored, traces }: Agreed, fields: readonly EvaluatedField[]): Agreed {
  const names = new Set(fields.map(({ target }) => target));
  const blanked = Object.fromEntries(
    [...names].map((name): [string, FieldTrace] => [name, { blanked: true }]),
  );
  return {
    base,
    stored: Object.fromEntries(Object.entries(stored).filter(([name]) => !names.has(name))),
    traces: { ...traces, ...blanked },
  };
}
