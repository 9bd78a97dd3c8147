/** Facts of the org and describes of objects: from the cache, the rest in as few Composite calls as possible. */
import type { ObjectDescribe, OrgFacts } from "@/lib/core/side";
import type { SalesforceClient, Subanswer, Subrequest } from "./client";
import { readDescribe } from "./describe-answer";
import { factsRequests, readFacts } from "./org-facts";
import type { SchemaCache } from "./schema-cache";

export interface Schema {
  readonly facts: OrgFacts;
  /** Objects the org has and shows to the connector's user; an absent one is neither. */
  readonly objects: ReadonlyMap<string, ObjectDescribe>;
}

export type ReadSchema = (objects: readonly string[]) => Promise<Schema>;

const SUBREQUESTS_PER_CALL = 25;
/** How long an object the org does not have is not asked for again. */
const ABSENT_MS = 60_000;

/** Throws FaultError when the org cannot be asked or hides what the connector cannot do without. */
export function createSchemaReader(
  client: SalesforceClient,
  cache: SchemaCache,
  now: () => number,
): ReadSchema {
  const absentUntil = new Map<string, number>();

  return async (wanted) => {
    const names = [...new Set(wanted)];
    const [knownFacts, known] = await Promise.all([cache.readFacts(), cache.readObjects(names)]);
    const missing = names.filter((name) => !known.has(name) && (absentUntil.get(name) ?? 0) <= now());
    if (knownFacts && missing.length === 0) return { facts: knownFacts, objects: known };

    const asked = knownFacts ? missing : [...new Set(["Account", ...missing])];
    const answers = await ask(client, [
      ...(knownFacts ? [] : factsRequests()),
      ...asked.map((name, index) => describeRequest(`d${index}`, name)),
    ]);
    const fetched = new Map<string, ObjectDescribe>();
    for (const [index, name] of asked.entries()) {
      const describe = readDescribe(answers.get(`d${index}`));
      if (describe) fetched.set(name, describe);
      else absentUntil.set(name, now() + ABSENT_MS);
    }
    const facts =
      knownFacts ??
      readFacts(
        answers,
        fetched.get("Account"),
        await client.organizationId(),
        new Date(now()).toISOString(),
      );
    // Facts first: a cache may refuse another org than the one it belongs to, and then keep nothing of it.
    if (!knownFacts) await cache.writeFacts(facts);
    await cache.writeObjects([...fetched.values()]);
    return { facts, objects: new Map([...known, ...fetched].filter(([name]) => names.includes(name))) };
  };
}

async function ask(
  client: SalesforceClient,
  requests: readonly Subrequest[],
): Promise<ReadonlyMap<string, Subanswer>> {
  const answers = new Map<string, Subanswer>();
  for (let start = 0; start < requests.length; start += SUBREQUESTS_PER_CALL) {
    const part = await client.composite(requests.slice(start, start + SUBREQUESTS_PER_CALL));
    for (const [id, answer] of part) answers.set(id, answer);
  }
  return answers;
}

function describeRequest(referenceId: string, name: string): Subrequest {
  return { referenceId, method: "GET", path: `/sobjects/${encodeURIComponent(name)}/describe` };
}
