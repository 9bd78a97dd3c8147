import { makeUpInTurns, type MadeUp } from "@/lib/core/mapping/golden/made-up";
import { whyTooLarge } from "@/lib/core/mapping/golden/sample-size";
import { sparedWords } from "@/lib/core/mapping/golden/spared-words";
import type { GoldenRun } from "@/lib/mappings/golden";
import { getSample } from "@/lib/mappings/samples";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { ownTurn } from "@/lib/platform/turns";
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
 * @throws Problem 404; 413 for what is too large to be a sample
 */
export async function madeUpSource({ found, run, recordId, typed }: Making): Promise<MadeUp> {
  const { mapping, connection } = found;
  refuseTooLarge(typed, "What you typed", "Shorten it.");
  const of = { connectionId: connection.id, kind: mapping.kind };
  const sample = await getSample(webRuntime().db, of, recordId);
  if (!sample) throw notFound("This record is gone, or is of another kind by now. Choose another one.");
  refuseTooLarge(sample.source, "This record", "Choose another one.");
  const { draftDocument, publishedDocument } = mapping;
  const lived = {
    documents: [draftDocument, ...(publishedDocument ? [publishedDocument] : [])],
    valueMaps: run.context.valueMaps,
    fields: run.target?.describe.fields ?? [],
  };
  const spared = await sparedWords(lived, ownTurn);
  const madeUp = await makeUpInTurns(sample.source, recordId, spared, ownTurn);
  return typed === undefined ? madeUp : makeUpInTurns(typed, recordId, { ...spared, madeUp }, ownTurn);
}

function refuseTooLarge(source: unknown, what: string, whatToDo: string): void {
  const why = source === undefined ? null : whyTooLarge(source);
  if (why === null) return;
  const detail = `${what} ${why}, more than a golden sample can be: all samples are tried whenever somebody publishes. ${whatToDo}`;
  throw new Problem(413, "too-large", detail);
}
