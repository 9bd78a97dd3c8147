/** What a person, or the org's own automation, changed in a linked Salesforce record since both sides agreed. Pure. */
import { bouncesWhenSent, changedInSalesforce, mostBounces, type Agreed } from "@/lib/core/agreement";
import type { CompiledLine } from "@/lib/core/mapping/evaluation";
import type { CanonicalValue } from "@/lib/core/side";
import type { LinkRow } from "./records";
import type { ReadyMapping } from "./work";

export interface BackChange {
  readonly line: CompiledLine;
  /** What Salesforce holds. */
  readonly value: CanonicalValue;
}

export interface LinkChanges {
  readonly link: LinkRow;
  readonly mapping: ReadyMapping;
  readonly changes: readonly BackChange[];
  /** What was agreed, with what is now known of our own writes. */
  readonly agreed: Agreed;
  readonly byPerson: boolean;
  /** Nothing changed, and the connector wrote the record last. */
  readonly echo: boolean;
  /** The record does not carry our Sync ID, because it never got it or somebody changed it there. */
  readonly lacksKey: boolean;
  /** Fields that S-360 has to be asked about. */
  readonly doubtful: readonly string[];
  /** We set out to write to S-360 and do not know whether it took it. */
  readonly unanswered: boolean;
  /** Changed fields that we had written and not seen since: a flow may have changed them in our own transaction. */
  readonly wereUnseen: readonly string[];
}

/**
 * Compares what the change feed told with what was agreed. Where we wrote a field and have not seen it since, what
 * Salesforce made of it becomes its half of the agreement; everything else that differs is a change, whoever made it.
 */
export function changesOf(link: LinkRow, mapping: ReadyMapping, us: string): LinkChanges {
  const { held } = link;
  const stored: Record<string, CanonicalValue> = { ...link.agreed.stored };
  const traces = { ...link.agreed.traces };
  const changes: BackChange[] = [];
  const byUs = held?.modifiedBy.id === us;
  for (const line of mapping.back.values()) {
    const { target, field } = line;
    if (!held || !Object.hasOwn(held.fields, target)) continue;
    const value = held.fields[target] ?? null;
    const trace = traces[target];
    const changed = changedInSalesforce(link.agreed, value, field);
    if (changed && trace?.unseen && byUs) stored[target] = value;
    else if (changed) changes.push({ line, value });
    if (trace?.unseen && !held.assumed) {
      const { unseen: _, ...rest } = trace;
      traces[target] = rest;
    }
  }
  return {
    link,
    mapping,
    changes,
    agreed: { base: link.agreed.base, stored, traces },
    lacksKey: lacksKey(link, mapping),
    byPerson: held?.modifiedBy.person ?? false,
    echo: byUs && changes.length === 0,
    doubtful: Object.entries(traces).flatMap(([name, trace]) => (trace.doubtful ? [name] : [])),
    unanswered: Object.values(traces).some((trace) => trace.sent !== undefined),
    wereUnseen: changes
      .map(({ line }) => line.target)
      .filter((name) => link.agreed.traces[name]?.unseen === true),
  };
}

function lacksKey({ key, agreed, held }: LinkRow, { compiled }: ReadyMapping): boolean {
  if (!Object.hasOwn(agreed.base, compiled.keyField)) return true;
  if (!held || held.assumed || held.key === undefined) return false;
  return (held.key ?? "").toLowerCase() !== key.toLowerCase();
}

/** What was agreed, without the Sync ID where it has to be written again. */
export function keyedAgreement(
  { agreed, lacksKey: lacks, mapping }: LinkChanges,
  now: Agreed = agreed,
): Agreed {
  if (!lacks) return now;
  const { [mapping.compiled.keyField]: _, ...base } = now.base;
  return { ...now, base };
}

/** Fields that came back changed without a person for the third time: another round would never end. */
export function bouncing({ changes, agreed, byPerson }: LinkChanges): readonly CompiledLine[] {
  return changes
    .filter(({ line }) => bouncesWhenSent(agreed.traces[line.target], byPerson) >= mostBounces)
    .map(({ line }) => line);
}
