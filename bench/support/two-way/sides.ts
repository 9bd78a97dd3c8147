/** Both simulators as the soak looks into them and edits them: by their control doors, never through the connector. */
import { z } from "zod";
import { getJson, postJson, type Stack } from "../stack";
import { kindOf, venueContactSchema, type VenueContact } from "./venue";
import type { Kind } from "./fields";

export type OrgRow = Readonly<Record<string, unknown>>;

/** A contact on both sides. */
export interface Pair {
  readonly key: string;
  readonly kind: Kind;
  readonly object: "Account" | "Contact";
  readonly salesforceId: string;
}

const orgAnswer = z.object({ records: z.array(z.record(z.string(), z.unknown())) });
const objects = ["Account", "Contact"] as const;

/** The org's rows that carry a S-360 number, by it. Throws when two carry the same. */
export async function readOrg({ salesforceUrl }: Stack): Promise<ReadonlyMap<string, OrgRow>> {
  const rows = new Map<string, OrgRow>();
  for (const object of objects) {
    const answer = orgAnswer.parse(await getJson(`${salesforceUrl}/__control/records?object=${object}`));
    for (const row of answer.records) {
      const key = row["SyncId__c"];
      if (typeof key !== "string") continue;
      if (rows.has(key)) throw new Error(`the org has contact ${key} twice`);
      rows.set(key, { ...row, object });
    }
  }
  return rows;
}

export async function readContact({ s360Url }: Stack, key: string): Promise<VenueContact> {
  return venueContactSchema.parse(await getJson(`${s360Url}/__control/contacts?key=${key}`));
}

export async function pairsOf(stack: Stack, contacts: readonly VenueContact[]): Promise<readonly Pair[]> {
  const org = await readOrg(stack);
  return contacts.map((contact) => {
    const { contactNumber: key } = contact;
    const row = org.get(key);
    if (!row) throw new Error(`contact ${key} did not reach the org`);
    const object = row["object"] === "Account" ? "Account" : "Contact";
    return { key, kind: kindOf(contact), object, salesforceId: String(row["Id"]) };
  });
}

const saved = z.object({ results: z.array(z.object({ success: z.boolean(), errors: z.unknown() })) });

/** What the org's admin user does on the record's page. */
export async function editRow(
  { salesforceUrl }: Stack,
  { object, salesforceId }: Pair,
  change: OrgRow,
): Promise<void> {
  const records = [{ Id: salesforceId, ...change }];
  const { results } = saved.parse(await postJson(`${salesforceUrl}/__control/records`, { object, records }));
  if (!results[0]?.success) throw new Error(`the org refused an edit: ${JSON.stringify(results[0]?.errors)}`);
}

/** What an operator's form in S-360 does: the whole contact is stored as the form has it. */
export async function postContact({ s360Url }: Stack, contact: VenueContact): Promise<void> {
  await postJson(`${s360Url}/__control/contacts`, contact);
}

const venueCall = z.object({
  id: z.number(),
  at: z.string(),
  method: z.string(),
  contactNumber: z.string().nullable(),
  status: z.number().nullable(),
  outcome: z.string(),
});
export type VenueCall = z.infer<typeof venueCall>;

/** The venue's API calls, newest first. */
export async function venueCalls({ s360Url }: Stack, query: string): Promise<readonly VenueCall[]> {
  return z.array(venueCall).parse(await getJson(`${s360Url}/__control/calls?${query}`));
}

const orgCall = z.object({
  sequence: z.number(),
  at: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  durationMs: z.number(),
  counted: z.boolean(),
  subrequests: z.array(z.object({ method: z.string(), url: z.string() })).optional(),
});
export type OrgCall = z.infer<typeof orgCall>;

/** The org's API calls after this one, oldest first. */
export async function orgCalls({ salesforceUrl }: Stack, since: number): Promise<readonly OrgCall[]> {
  const answer = await getJson(`${salesforceUrl}/__control/calls?since=${since}`);
  return z.array(orgCall).parse(Array.isArray(answer) ? answer : (answer as { calls: unknown }).calls);
}
