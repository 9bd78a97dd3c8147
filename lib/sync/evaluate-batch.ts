/** From claimed records to link works: the mapping runs on the source state; what it cannot use ends here. */
import { faultRow, outcomeOf, type Fault } from "@/lib/core/faults";
import { outOfTime } from "@/lib/core/mapping/expression/clock";
import { filterFault } from "@/lib/core/mapping/compile";
import { evaluateMapping, takesPart } from "@/lib/core/mapping/evaluate";
import { MappingSignal } from "@/lib/core/mapping/signal";
import type { CompiledMapping, EvaluatedField, EvaluationContext } from "@/lib/core/mapping/evaluation";
import { maxKeyLength, recordKeyOf } from "@/lib/core/record-key";
import { kindTable } from "@/lib/core/kinds";
import { describeError } from "@/lib/platform/log";
import { workedMs } from "@/lib/platform/turns";
import { blankOne, keptThough, saysAnonymised } from "./anonymised";
import { withPatience } from "./patience";
import type { Prepared } from "./prepare";
import type { ClaimedRecord } from "./records";
import { newRuledOut } from "./rules";
import { UnseenCodes } from "./unseen-codes";
import type { LinkResult, LinkWork, ReadyMapping, RecordName, SyncDeps } from "./work";

export interface Evaluated {
  readonly works: readonly LinkWork[];
  /** Records that ended without anything to write. */
  readonly ended: readonly LinkResult[];
  readonly unseen: UnseenCodes;
}

type EvaluationDeps = Pick<SyncDeps, "db" | "published" | "settings" | "log"> &
  Pick<EvaluationContext, "breathe">;

/** Evaluates every record through every mapping of its kind. One record's trouble never touches another's. */
export async function evaluateBatch(
  deps: EvaluationDeps,
  records: readonly ClaimedRecord[],
  prepared: Prepared,
): Promise<Evaluated> {
  const context: EvaluationContext = {
    valueMaps: deps.published.valueMaps,
    timeZone: deps.settings.timeZone,
    selected: deps.settings.selected,
    breathe: deps.breathe,
    worked: workedMs,
  };
  const works: LinkWork[] = [];
  const ended: LinkResult[] = [];
  const unseen = new UnseenCodes();
  const ruled = await newRuledOut(deps, records);
  const kept = await keptThough(deps.db, deps.settings, records);
  const running = prepared.ready.map((mapping) => ({ mapping, compiled: withPatience(mapping.compiled) }));
  for (const record of records) {
    const stop = standingApart(record) ?? reasonToStop(record, prepared) ?? ruled.get(record.id);
    if (stop) {
      ended.push(stop);
      continue;
    }
    for (const { mapping, compiled } of running) {
      if (mapping.published.kind !== record.kind) continue;
      if (isGone(record, mapping)) {
        ended.push({ record, mapping, outcome: "ignored" });
        continue;
      }
      const noting = { ...context, onUnseen: unseen.sinkOf(record.id) };
      const asSent = () => evaluateOne(deps, record, { mapping, compiled }, noting);
      const result = saysAnonymised(deps.settings, record)
        ? await blankOne(deps.settings, record, mapping, {
            context: noting,
            kept: kept.has(record.id),
            asSent,
          })
        : await asSent();
      if ("outcome" in result) ended.push(result);
      else works.push(result);
    }
  }
  return { works, ended, unseen };
}

/** It is written under another number; what S-360 says is kept. */
function standingApart(record: ClaimedRecord): LinkResult | null {
  const isAlias = record.aliasOf !== null || record.mergedInto !== null;
  return isAlias ? { record, mapping: null, outcome: "ignored" } : null;
}

/** The Salesforce record of this mapping was deleted, or another number writes it: what S-360 says is kept. */
function isGone({ links, aliases }: ClaimedRecord, { published }: ReadyMapping): boolean {
  if (aliases.includes(published.mappingId)) return true;
  return links.some((link) => link.mappingId === published.mappingId && link.goneAt !== null);
}

/** Why nothing of the record may be written as it stands; null when it may. */
export function reasonToStop(record: ClaimedRecord, { ready, absent }: Prepared): LinkResult | null {
  const plain = { record, mapping: null };
  const { kind } = record;
  if (kind === null) {
    const sentence = `S-360 does not say whether contact ${record.key} is a person, a relay or a structure (type and role are missing).`;
    return { ...plain, outcome: "failed", fault: { code: "kind_unknown", sentence } };
  }
  if (record.reused) {
    const sentence = `S-360 now uses the number ${record.key} for another contact than the one that is linked. Check in S-360 whose number it is before anything is written.`;
    return { ...plain, outcome: "review", fault: { code: "number_reused", sentence } };
  }
  const other = record.links.find((link) => link.mappingKind !== kind);
  if (other) {
    const sentence = `In S-360 this is now ${article(kindTable[kind].label)}, but it is linked in Salesforce as ${article(kindTable[other.mappingKind].label)}. A change of kind is never made without a person.`;
    return { ...plain, outcome: "review", fault: { code: "kind_changed", sentence } };
  }
  const object = absent.get(kind);
  if (object !== undefined) {
    const sentence = `Salesforce has no object ${object}, or hides it from the connector's user. Install the package or grant the permission; then this is written by itself.`;
    return { ...plain, outcome: "retrying", fault: { code: "field_missing", sentence } };
  }
  if (!ready.some((mapping) => mapping.published.kind === kind)) {
    const sentence = `No published mapping says what to do with ${article(kindTable[kind].label)}. Publish one under Mappings.`;
    return { ...plain, outcome: "failed", fault: { code: "no_mapping", sentence } };
  }
  return null;
}

function article(label: string): string {
  return /^[aeiou]/i.test(label) ? `an ${label.toLowerCase()}` : `a ${label.toLowerCase()}`;
}

/** Null when it takes part; `apart` when the mapping's filter leaves it out: each side keeps its own. */
export async function notTakingPart(
  { compiled }: Pick<ReadyMapping, "compiled">,
  source: unknown,
  context: EvaluationContext,
): Promise<"apart" | Fault | null> {
  try {
    return (await takesPart(compiled, source, context)) ? null : "apart";
  } catch (error) {
    if (error instanceof MappingSignal) return filterFault(error.sentence);
    const { message, code } = error as { message?: string; code?: unknown };
    return filterFault(message, code === outOfTime ? "expression_slow" : "expression_failed");
  }
}

async function evaluateOne(
  deps: EvaluationDeps,
  record: ClaimedRecord,
  { mapping, compiled }: { readonly mapping: ReadyMapping; readonly compiled: CompiledMapping },
  context: EvaluationContext,
): Promise<LinkWork | LinkResult> {
  /** What the org may cure by itself, such as a field that is added to it, is tried again; the rest is held. */
  const stopped = (fault: Fault): LinkResult => {
    return { record, mapping, outcome: outcomeOf(fault.code), fault };
  };
  try {
    const source =
      record.family === "operation"
        ? { operation: record.state, order: record.parentState ?? {} }
        : record.state;
    const fault = await notTakingPart({ compiled }, source, context);
    if (fault !== null) return fault === "apart" ? { record, mapping, outcome: "ignored" } : stopped(fault);
    const evaluation = await evaluateMapping(compiled, source, context);
    const problems = [...compiled.problems, ...evaluation.problems].map((problem) => problem.fault);
    const gravest = problems.find((fault) => faultRow(fault.code).retry === "never") ?? problems[0];
    if (gravest) return stopped(joinFaults(gravest, problems));
    if (evaluation.key === null) {
      return stopped({
        code: "missing_key",
        sentence: `The mapping gives no value for ${compiled.keyField}.`,
      });
    }
    const awaits = awaitsOf(evaluation.fields);
    const impossible = [...awaits.values()].map((name) => impossibleReference(record, name)).find(Boolean);
    if (impossible) return stopped(impossible);
    const link = record.links.find((row) => row.mappingId === mapping.published.mappingId) ?? null;
    const rowId = `${record.id}.${mapping.published.mappingId}`;
    const { key, fields, marksOnly } = evaluation;
    return { rowId, record, mapping, key, fields, marksOnly, link, awaits };
  } catch (error) {
    deps.log.error(
      { recordId: record.id, mapping: mapping.published.name, err: describeError(error) },
      "evaluation broke",
    );
    return {
      record,
      mapping,
      outcome: "retrying",
      fault: {
        code: "internal",
        sentence:
          "The connector met an error of its own while applying the mapping. It tries again; IT finds the details in the log.",
      },
    };
  }
}

/** By target field: the record that the field's value names. */
function awaitsOf(fields: readonly EvaluatedField[]): Map<string, RecordName> {
  const awaits = new Map<string, RecordName>();
  for (const { reference, target, value } of fields) {
    if (!reference?.family || value === null) continue;
    awaits.set(target, { family: reference.family, key: recordKeyOf(String(value)) });
  }
  return awaits;
}

/** What would wait for ever. */
function impossibleReference(record: ClaimedRecord, { family, key }: RecordName): Fault | null {
  if (key.length > maxKeyLength) {
    const sentence = `It refers to a ${family} whose number is longer than ${maxKeyLength} characters. Correct it in S-360.`;
    return { code: "invalid_value", sentence };
  }
  if (family !== record.family || key !== record.key) return null;
  return {
    code: "invalid_value",
    sentence: `The ${family} ${key} refers to itself. Correct the connection in S-360.`,
  };
}

/** All that is wrong with a record in one fault: admins mend a record once, not line by line. */
function joinFaults(first: Fault, faults: readonly Fault[]): Fault {
  const sentences = [...new Set(faults.map((fault) => fault.sentence))];
  const more = sentences.length > 5 ? ` And ${sentences.length - 5} more.` : "";
  return { ...first, sentence: sentences.slice(0, 5).join(" ") + more };
}
