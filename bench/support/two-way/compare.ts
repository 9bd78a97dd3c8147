/** Both sides as they are in the end, field by field, and what the connector says of what is not equal. */
import { z } from "zod";
import type { Stack } from "../stack";
import { hasNoCounterpart, type Held, type ToldConflict, type ToldWrite } from "./accounts";
import { fieldsOf } from "./fields";
import { readContact, readOrg, type Pair } from "./sides";

export interface Outcome {
  readonly held: ReadonlyMap<string, Held>;
  readonly fields: number;
  readonly equal: number;
  /** One side has a title or salutation that the other one has no word for. */
  readonly explained: number;
  readonly stopped: readonly Stopped[];
  /** Of records that did not stop: contact and field. */
  readonly different: readonly string[];
}

export interface Stopped {
  readonly key: string;
  readonly direction: string;
  readonly state: string;
  readonly code: string | null;
  readonly field: string | null;
}

export async function compareSides(stack: Stack, pairs: readonly Pair[]): Promise<Outcome> {
  const org = await readOrg(stack);
  const stopped = await stoppedRecords(stack);
  const stoppedKeys = new Set(stopped.map(({ key }) => key));
  const held = new Map<string, Held>();
  const different: string[] = [];
  const counts = { fields: 0, equal: 0, explained: 0 };
  for (const { key, kind } of pairs) {
    const contact = await readContact(stack, key);
    for (const field of fieldsOf(kind)) {
      const s360 = field.ofVenue(contact);
      const salesforce = field.ofOrg(org.get(key)?.[field.inOrg[kind] ?? ""]);
      held.set(nameOf(key, field.name), { s360, salesforce });
      counts.fields++;
      if (s360 === salesforce) counts.equal++;
      else if ([s360, salesforce].some((value) => hasNoCounterpart({ field: field.name, value }))) {
        counts.explained++;
      } else if (!stoppedKeys.has(key)) different.push(nameOf(key, field.name));
    }
  }
  return { held, ...counts, stopped, different };
}

export const nameOf = (key: string, field: string) => `${key} ${field}`;

async function stoppedRecords({ query }: Stack): Promise<readonly Stopped[]> {
  const rows = await query(`
    select r.key, d.direction, d.state, d.fault->>'code' as code, d.fault->>'field' as field
    from record_direction d join record r on r.id = d.record_id where d.state in ('failed', 'review')
    order by r.key, d.direction`);
  return rows as unknown as readonly Stopped[];
}

const conflict = z.object({
  field: z.string(),
  s360: z.unknown(),
  salesforce: z.unknown(),
  winner: z.enum(["s360", "salesforce"]),
});
const attempts = z.array(
  z.object({
    key: z.string(),
    direction: z.enum(["in", "out"]),
    at: z.date(),
    conflicts: z.array(conflict).nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    values: z.record(z.string(), z.unknown()).nullable(),
  }),
);

/** What the attempts tell of conflicts, and of what was written. */
export async function toldByAttempts({ query }: Stack): Promise<{
  readonly conflicts: readonly ToldConflict[];
  readonly writes: readonly ToldWrite[];
}> {
  const rows = attempts.parse(
    await query(`
      select r.key, a.direction, a.at, a.conflicts, a.before,
        case when a.outcome in ('created', 'updated') or a.fault->>'code' = 'answer_lost' then a.after end as values
      from attempt a join record r on r.id = a.record_id`),
  );
  return {
    conflicts: rows.flatMap(({ key, at, conflicts }) =>
      (conflicts ?? []).map(({ field: target, s360, salesforce, winner }) => ({
        ...{ key, at: at.getTime(), target, winner },
        ...{ s360, salesforce },
      })),
    ),
    writes: rows.flatMap(({ key, direction, at, values, before }) => {
      const from = direction === "in" ? ("s360" as const) : ("salesforce" as const);
      return values ? [{ key, from, at: at.getTime(), values, before: before ?? {} }] : [];
    }),
  };
}
