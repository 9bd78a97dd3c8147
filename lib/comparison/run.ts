/**
 * One comparison from its first record to its summary, in the web process. Others have their turn between the lines of a
 * mapping; when the process is stopped, the comparison is lost and says so.
 */
import { agreedInSalesforce } from "@/lib/core/agreement";
import { FaultError } from "@/lib/core/faults";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { PublishedMapping } from "@/lib/core/mapping/published";
import {
  compareRecord,
  isCured,
  ComparisonTally,
  type ComparisonFinding,
  type Told,
} from "@/lib/core/mapping/comparison";
import type { CanonicalValue, Side } from "@/lib/core/side";
import { describeError } from "@/lib/platform/log";
import { breather, ownTurn } from "@/lib/platform/turns";
import { matchingRules } from "@/lib/sync/matching";
import { lookAt, type ClaimedRecord } from "@/lib/sync/records";
import type { LinkResult, LinkWork } from "@/lib/sync/work";
import {
  evaluateDocument,
  prepareDocument,
  tellDocument,
  type PreparedDocument,
  type EngineDeps,
} from "./engine";
import { askKnowledge } from "./knowledge";
import { Pace } from "./pace";
import { knowledgeOf, quietSide, type Knowledge } from "./quiet-side";
import { storeFindings } from "./records";
import { endRun, noteProgress } from "./runs";
import { SharedKeys } from "./shared-keys";

export interface ComparisonInput {
  readonly deps: EngineDeps;
  readonly runId: number;
  readonly connectionId: number;
  readonly mapping: Omit<PublishedMapping, "document">;
  readonly draft: MappingDocument;
  readonly published: MappingDocument | null;
  /** The records, the latest first. */
  readonly ids: readonly number[];
  /** Asks Salesforce what it holds; null: what is known counts. */
  readonly ask: Side | null;
  /** Wall clock for the whole. */
  readonly budgetMs?: number;
}

const usualBudgetMs = 120_000;
/** A question to Salesforce is good for a thousand records; what is known is looked up in smaller parts. */
const chunkSizes = { asked: 1_000, known: 200 };
/** Records decided about at once: deciding does not give others their turn. */
const partSize = 100;
/** Records evaluated between two looks at the clock and at whether somebody stopped it. */
const slice = { most: 20, ms: 500 };

/** Never throws: what went wrong is noted at the comparison. */
export async function runComparison(input: ComparisonInput): Promise<void> {
  const { deps, runId } = input;
  const tally = new ComparisonTally();
  let done = 0;
  const end = (state: "done" | "stopped" | "failed", sentence: string | null) =>
    endRun(deps.db, runId, { state, sentence, done, summary: done > 0 ? tally.summary() : null });
  try {
    for await (const { findings, ...step } of steps(input)) {
      for (const { finding, cured } of findings) tally.add(finding, cured);
      done += findings.length;
      if (!step.goesOn) return await end("stopped", step.why);
    }
    await end("done", null);
  } catch (error) {
    if (!(error instanceof FaultError))
      deps.log.error({ runId, err: describeError(error) }, "a comparison broke");
    const sentence =
      error instanceof FaultError
        ? error.fault.sentence
        : "The connector met an error of its own. Try again.";
    // Nobody waits for the answer, so nobody else would note a database that is away: it shows as lost.
    await end("failed", sentence).catch((failure: unknown) =>
      deps.log.warn({ runId, err: describeError(failure) }, "the end of a comparison was not noted"),
    );
  }
}

interface Found {
  readonly finding: ComparisonFinding;
  readonly cured: boolean;
}

interface Step {
  readonly findings: readonly Found[];
  readonly goesOn: boolean;
  readonly why: string | null;
}

async function* steps(input: ComparisonInput): AsyncGenerator<Step> {
  const { deps, runId, mapping, draft, published, ids } = input;
  const endsAt = performance.now() + (input.budgetMs ?? usualBudgetMs);
  const documents = {
    draft: await prepareDocument(deps, mapping, draft),
    published: null as PreparedDocument | null,
  };
  if (published) documents.published = await prepareDocument(deps, mapping, published);
  const size = input.ask ? chunkSizes.asked : chunkSizes.known;
  const breathe = breather();
  const keys = new SharedKeys();
  const adopted = new Map<string, string>();
  const pace = new Pace(slice.most, slice.ms);
  for (let start = 0; start < ids.length; start += size) {
    const records = await lookAt(deps.db, ids.slice(start, start + size));
    const evaluated = { draft: nothing(), published: nothing() };
    let looked = 0;
    while (looked < records.length) {
      const late = performance.now() > endsAt;
      const goesOn = !late && (await noteProgress(deps.db, runId, start + looked));
      if (!goesOn) break;
      const startedAt = performance.now();
      const part = records.slice(looked, looked + pace.next);
      add(evaluated.draft, await evaluateDocument(deps, documents.draft, part, breathe));
      if (documents.published)
        add(evaluated.published, await evaluateDocument(deps, documents.published, part, breathe));
      looked += part.length;
      pace.took(part.length, performance.now() - startedAt);
    }
    const compared = records.slice(0, looked);
    const findings = await compareChunk(input, { documents, keys, adopted, evaluated, compared, start });
    const goesOn = looked >= records.length;
    const why = `It was stopped after ${start + compared.length} records: there was no time for more.`;
    yield { findings, goesOn, why: goesOn ? null : why };
    if (!goesOn) return;
  }
}

interface Gathered {
  readonly works: LinkWork[];
  readonly ended: LinkResult[];
}

function nothing(): Gathered {
  return { works: [], ended: [] };
}

function add(
  to: Gathered,
  more: { readonly works: readonly LinkWork[]; readonly ended: readonly LinkResult[] },
) {
  to.works.push(...more.works);
  to.ended.push(...more.ended);
}

interface Chunk {
  readonly documents: { readonly draft: PreparedDocument; readonly published: PreparedDocument | null };
  readonly keys: SharedKeys;
  /** By Salesforce id: records that the draft adopts, and the Sync ID that they get. Others cannot have them. */
  readonly adopted: Map<string, string>;
  readonly evaluated: { readonly draft: Gathered; readonly published: Gathered };
  readonly compared: readonly ClaimedRecord[];
  readonly start: number;
}

async function compareChunk(input: ComparisonInput, chunk: Chunk): Promise<Found[]> {
  const { ask, mapping } = input;
  const { documents, evaluated, compared, start } = chunk;
  if (compared.length === 0) return [];
  const both = documents.published ? [documents.draft, documents.published] : [documents.draft];
  const works = [...evaluated.draft.works, ...evaluated.published.works];
  const knowledge = ask
    ? await askKnowledge(ask, both, compared, works, matchingRules(input.deps.settings.matching))
    : knowledgeOf(compared, mapping.mappingId);
  const found: Found[] = [];
  for (let from = 0; from < compared.length; from += partSize) {
    const part = compared.slice(from, from + partSize);
    found.push(...(await comparePart(input, { ...chunk, compared: part, start: start + from }, knowledge)));
    await ownTurn();
  }
  return found;
}

async function comparePart(input: ComparisonInput, part: Chunk, knowledge: Knowledge): Promise<Found[]> {
  const { deps, runId, ask, connectionId, mapping } = input;
  const { documents, compared, start } = part;
  const evaluated = {
    draft: ofRecords(part.evaluated.draft, compared),
    published: ofRecords(part.evaluated.published, compared),
  };
  const side = quietSide((objects) => deps.side.describe(objects), {
    ...knowledge,
    alike: knowledge.alike.map((row) => ({ ...row, key: part.adopted.get(row.id) ?? row.key })),
  });
  const telling = { ...deps, connectionId };
  const draft = await tellDocument(telling, documents.draft, evaluated.draft, side);
  const published = documents.published
    ? await tellDocument(telling, documents.published, evaluated.published, side)
    : null;
  const describe = documents.draft.prepared.ready[0]?.describe ?? new Map();
  const works = [...evaluated.draft.works, ...evaluated.published.works];
  const keys = new Map(works.map((work) => [work.record.id, work.key]));
  for (const [recordId, told] of draft)
    if (told.outcome === "adopted") part.adopted.set(told.id, keys.get(recordId) ?? "");
  const shared = new Map(evaluated.draft.works.map((work) => [work.record.id, part.keys.take(work)]));
  const found = compared.map((record, nth) => {
    const lost = isLost(record, mapping.mappingId, knowledge, ask !== null);
    const told = {
      draft: lost ?? shared.get(record.id) ?? draft.get(record.id) ?? unsaid,
      published: published?.get(record.id) ?? null,
    };
    const holds = holdsOf(record, mapping.mappingId, knowledge, keys.get(record.id));
    const finding = compareRecord({ ...told, holds, describe });
    return { position: start + nth, recordId: record.id, finding, cured: isCured(told) };
  });
  await storeFindings(deps.db, runId, found);
  return found;
}

function ofRecords({ works, ended }: Gathered, records: readonly ClaimedRecord[]): Gathered {
  const ids = new Set(records.map(({ id }) => id));
  const isOf = ({ record }: { readonly record: ClaimedRecord }) => ids.has(record.id);
  return { works: works.filter(isOf), ended: ended.filter(isOf) };
}

const unsaid: Told = { outcome: "left", sentence: "The mapping says nothing of it." };

/** Salesforce was asked for a linked record and does not have it: what is sent to it would be refused. */
function isLost(
  record: ClaimedRecord,
  mappingId: number,
  { rows }: Knowledge,
  asked: boolean,
): Told | undefined {
  const link = record.links.find((one) => one.mappingId === mappingId);
  if (!asked || !link || link.goneAt !== null || rows.has(link.salesforceId)) return undefined;
  const sentence = `Salesforce does not find the record ${link.salesforceId} any more, or hides it from the connector's user.`;
  return { outcome: "failed", sentence };
}

function holdsOf(
  record: ClaimedRecord,
  mappingId: number,
  { rows, found }: Knowledge,
  key: string | undefined,
) {
  const link = record.links.find((one) => one.mappingId === mappingId);
  const held = link ? rows.get(link.salesforceId)?.fields : found.get(key?.toLowerCase() ?? "")?.fields;
  return (field: string): CanonicalValue | undefined => {
    if (held && Object.hasOwn(held, field)) return held[field] ?? null;
    return link && agreedInSalesforce(link.agreed, field);
  };
}
