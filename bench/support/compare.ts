import type { ExpectedRow, Population } from "./population";
import { getJson } from "./stack";

export interface Comparison {
  readonly expected: number;
  readonly missing: number;
  readonly doubled: number;
  readonly different: number;
  /** Rows in the org that nobody sent. */
  readonly strangers: number;
  /** The first few of what is wrong, by key and field. */
  readonly examples: readonly string[];
}

type OrgRow = Readonly<Record<string, unknown>>;

/** Every expected row against what the org holds, field by field; lookups by the SyncId of what they point to. */
export async function compareWithOrg(orgUrl: string, population: Population): Promise<Comparison> {
  const objects = ["Account", "Contact", "SecutixSale__c"] as const;
  const rows = new Map<string, OrgRow[]>();
  const keyById = new Map<string, unknown>();
  for (const object of objects) {
    for (const row of await readRows(orgUrl, object)) {
      keyById.set(String(row["Id"]), row["SyncId__c"]);
      const name = `${object}:${String(row["SyncId__c"])}`;
      rows.set(name, [...(rows.get(name) ?? []), row]);
    }
  }
  const examples: string[] = [];
  const counts = { missing: 0, doubled: 0, different: 0 };
  for (const expected of population.expected) {
    const name = `${expected.object}:${expected.key}`;
    const found = rows.get(name) ?? [];
    rows.delete(name);
    const [row] = found;
    const wrong = row ? differences(expected, row, keyById) : [];
    if (!row) counts.missing++;
    if (found.length > 1) counts.doubled++;
    if (wrong.length > 0) counts.different++;
    if (examples.length < 10 && (!row || found.length > 1 || wrong.length > 0)) {
      examples.push(`${name}: ${row ? wrong.join(", ") || "doubled" : "missing"}`);
    }
  }
  const strangers = [...rows.values()]
    .flat()
    .filter((row) => row["SyncId__c"] !== null && row["SyncId__c"] !== undefined);
  return { expected: population.expected.length, ...counts, strangers: strangers.length, examples };
}

function differences(expected: ExpectedRow, row: OrgRow, keyById: ReadonlyMap<string, unknown>): string[] {
  const fields = Object.entries(expected.fields).filter(([name, value]) => (row[name] ?? null) !== value);
  const lookups = Object.entries(expected.lookups).filter(
    ([name, key]) => keyById.get(String(row[name])) !== key,
  );
  return [...fields, ...lookups].map(([name]) => name);
}

async function readRows(orgUrl: string, object: string): Promise<OrgRow[]> {
  const answer = await getJson(`${orgUrl}/__control/records?object=${object}`);
  const list = Array.isArray(answer) ? answer : (answer as { records: unknown }).records;
  return list as OrgRow[];
}
