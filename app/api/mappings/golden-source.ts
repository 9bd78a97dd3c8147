import { makeUp, type MadeUp } from "@/lib/core/mapping/golden/made-up";
import { sparedWords } from "@/lib/core/mapping/golden/spared-words";
import type { GoldenRun } from "@/lib/mappings/golden";
import { getSample } from "@/lib/mappings/samples";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import type { FoundMapping } from "./find-mapping";

interface Making {
  readonly found: FoundMapping;
  readonly run: GoldenRun;
  readonly recordId: number;
  /** What a person made of an earlier answer; absent: the record itself. */
  readonly typed?: unknown;
}

/**
 * A record made nobody's. Of what was typed only that stays which was made up for this very record, or is harmless: what a
 * browser sends may be somebody's.
 * @throws Problem 404
 */
export async function madeUpSource({ found, run, recordId, typed }: Making): Promise<MadeUp> {
  const { mapping, connection } = found;
  const of = { connectionId: connection.id, kind: mapping.kind };
  const sample = await getSample(webRuntime().db, of, recordId);
  if (!sample) throw notFound("This record is gone, or is of another kind by now. Choose another one.");
  const words = sparedWords({
    documents: [mapping.draftDocument, ...(mapping.publishedDocument ? [mapping.publishedDocument] : [])],
    valueMaps: run.context.valueMaps,
    fields: run.target?.describe.fields ?? [],
  });
  const madeUp = makeUp(sample.source, recordId, { words });
  return typed === undefined ? madeUp : makeUp(typed, recordId, { words, madeUp });
}
