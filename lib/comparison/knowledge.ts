/** What Salesforce holds, asked of it now: one call for a thousand linked records, usually one for a thousand others. */
import type { Likeness, Side } from "@/lib/core/side";
import { questionOf, type RulesOf } from "@/lib/sync/matching";
import type { LinkWork } from "@/lib/sync/work";
import type { ClaimedRecord } from "@/lib/sync/records";
import type { PreparedDocument } from "./engine";
import type { Knowledge } from "./quiet-side";

/** Throws FaultError when Salesforce cannot be asked. */
export async function askKnowledge(
  side: Side,
  documents: readonly PreparedDocument[],
  records: readonly ClaimedRecord[],
  works: readonly LinkWork[],
  rulesOf: RulesOf,
): Promise<Knowledge> {
  const us = await side.userId();
  const compiled = documents.flatMap(({ prepared }) => prepared.ready.map((ready) => ready.compiled));
  const [first] = compiled;
  const mappingId = documents[0]?.mappingId;
  if (!first || mappingId === undefined)
    return { rows: new Map(), found: new Map(), alike: [], unsure: [], us };
  const { object, keyField } = first;
  const fields = [...new Set(compiled.flatMap(({ lines }) => lines.map(({ target }) => target)))];
  const ids = records.flatMap(({ links }) =>
    links.flatMap((link) =>
      link.mappingId === mappingId && link.goneAt === null ? [link.salesforceId] : [],
    ),
  );
  const unlinked = works.filter(({ link }) => !link);
  const keys = [...new Set(unlinked.map(({ key }) => key))];
  const likenesses = alikeOf(unlinked, rulesOf);
  const rows = ids.length > 0 ? await side.read([{ object, ids, fields }]) : [];
  const compared = unlinked.flatMap((work) => questionOf(work, rulesOf(work.mapping)).fields);
  const others = [...new Set([...fields, ...compared])].filter((field) => field !== keyField);
  const alike = likenesses.size > 0 ? { alike: likenesses } : {};
  const { rows: found, unsure } =
    keys.length > 0
      ? await side.find([{ object, keyField, keys, fields: others, ...alike }])
      : { rows: [], unsure: [] };
  return {
    rows: new Map(rows.map((row) => [row.id, row])),
    found: new Map(found.flatMap((row) => (row.alike ? [] : [[row.key.toLowerCase(), row] as const]))),
    alike: found.filter((row) => row.alike),
    unsure,
    us,
  };
}

/** By key, what the org is asked besides it. The draft and the published version mostly ask the same. */
function alikeOf(works: readonly LinkWork[], rulesOf: RulesOf): ReadonlyMap<string, readonly Likeness[]> {
  const byKey = new Map<string, Map<string, Likeness>>();
  for (const work of works)
    for (const likeness of questionOf(work, rulesOf(work.mapping)).alike) {
      const known = byKey.get(work.key) ?? new Map<string, Likeness>();
      byKey.set(work.key, known.set(JSON.stringify(likeness), likeness));
    }
  return new Map([...byKey].map(([key, likenesses]) => [key, [...likenesses.values()]]));
}
