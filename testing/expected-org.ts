/** Reading a simulated org over its control endpoint and comparing it with an expected file (e2e/payloads/README.md). */
export type OrgRow = Readonly<Record<string, unknown>>;

export interface ExpectedRow {
  readonly object: string;
  readonly SyncId__c: string;
  readonly [field: string]: unknown;
}

const lookups: Readonly<Record<string, string>> = {
  Account: "AccountId",
  Account__r: "Account__c",
  Contact__r: "Contact__c",
};

export async function readOrg(url: string, object: string): Promise<OrgRow[]> {
  const response = await fetch(`${url}/__control/records?object=${object}`);
  if (!response.ok) throw new Error(`the simulated org answered ${response.status}`);
  const answer: unknown = await response.json();
  const list = Array.isArray(answer) ? answer : (answer as { records: unknown }).records;
  return (list as OrgRow[]).filter((row) => row["IsDeleted"] !== true);
}

/** What differs between the org and the expected rows, as sentences; none when they are equal. */
export async function differencesFromOrg(url: string, expected: readonly ExpectedRow[]): Promise<string[]> {
  const objects = ["Account", "Contact", "SecutixSale__c"];
  const rows = new Map<string, OrgRow>();
  const keyById = new Map<unknown, unknown>();
  const problems: string[] = [];
  for (const object of objects) {
    for (const row of await readOrg(url, object)) {
      const key = row["SyncId__c"];
      keyById.set(row["Id"], key);
      if (key === null || key === undefined) continue;
      const name = `${object} ${String(key)}`;
      if (rows.has(name)) problems.push(`${name} is there twice`);
      rows.set(name, row);
    }
  }
  for (const want of expected) {
    const name = `${want.object} ${want.SyncId__c}`;
    const row = rows.get(name);
    rows.delete(name);
    if (!row) problems.push(`${name} is missing`);
    else problems.push(...fieldProblems(name, want, row, keyById));
  }
  return [...problems, ...[...rows.keys()].map((name) => `${name} was not expected`)];
}

function fieldProblems(
  name: string,
  want: ExpectedRow,
  row: OrgRow,
  keyById: ReadonlyMap<unknown, unknown>,
): string[] {
  return Object.entries(want).flatMap(([field, value]) => {
    if (field === "object") return [];
    const [relationship, inner] = field.split(".");
    const held = inner === undefined ? row[field] : keyById.get(row[lookups[relationship ?? ""] ?? ""]);
    return same(held ?? null, value)
      ? []
      : [`${name}: ${field} is ${JSON.stringify(held)}, expected ${JSON.stringify(value)}`];
  });
}

function same(held: unknown, want: unknown): boolean {
  if (held === want) return true;
  if (typeof held !== "string" || typeof want !== "string" || !/^\d{4}-\d\d-\d\dT/.test(want)) return false;
  return Date.parse(held) === Date.parse(want);
}
