/** What Salesforce holds, asked of it now: one call for a thousand linked records, one for a thousand others. */
import type { Side } from "@/lib/core/side";
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
): Promise<Knowledge> {
  const us = await side.userId();
  const compiled = documents.flatMap(({ prepared }) => prepared.ready.map((ready) => ready.compiled));
  const [first] = compiled;
  const mappingId = documents[0]?.mappingId;
  if (!first || mappingId === undefined) return { rows: new Map(), found: new Map(), us };
  const { object, keyField } = first;
  const fields = [...new Set(compiled.flatMap(({ lines }) => lines.map(({ target }) => target)))];
  const ids = records.flatMap(({ links }) =>
    links.flatMap((link) =>
      link.mappingId === mappingId && link.goneAt === null ? [link.salesforceId] : [],
    ),
  );
  const keys = [...new Set(works.flatMap(({ link, key }) => (link ? [] : [key])))];
  const rows = ids.length > 0 ? await side.read([{ object, ids, fields }]) : [];
  const others = fields.filter((field) => field !== keyField);
  const { rows: found } =
    keys.length > 0 ? await side.find([{ object, keyField, keys, fields: others }]) : { rows: [] };
  return {
    rows: new Map(rows.map((row) => [row.id, row])),
    found: new Map(found.map((row) => [row.key.toLowerCase(), row])),
    us,
  };
}
