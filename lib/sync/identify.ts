/** Which records of the org the works of a batch are, before anything is decided: by key, or not known yet. */
import type { FoundRow, Side } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import { findRows, findShared, type FindRow } from "./find-unlinked";
import type { RulesOf } from "./matching";
import type { LinkResult, LinkWork } from "./work";

export interface Identified {
  readonly find: FindRow;
  /** All that the org answered, found by key or only alike. */
  readonly rows: readonly FoundRow[];
  /** By row: works whose record is another's too. */
  readonly shared: ReadonlyMap<string, LinkResult>;
  /** What is only marked, and is not there. */
  readonly absent: readonly LinkWork[];
  /** The others, each with a record of its own. */
  readonly own: readonly LinkWork[];
  /** Those of them that are neither linked nor found by their Sync ID. */
  readonly unknown: readonly LinkWork[];
}

/** Asks the org once for all of them. Throws FaultError when it cannot be asked. */
export async function identify(
  { db, side }: { readonly db: Database; readonly side: Pick<Side, "find"> },
  connectionId: number,
  works: readonly LinkWork[],
  rulesOf: RulesOf,
): Promise<Identified> {
  const { find, rows } = await findRows(side, works, rulesOf);
  const shared = await findShared(db, connectionId, works, find);
  const isUnknown = (work: LinkWork) => !work.link && !find(work);
  const isAbsent = (work: LinkWork) => work.marksOnly && isUnknown(work);
  const own = works.filter((work) => !isAbsent(work) && !shared.has(work.rowId));
  return { find, rows, shared, absent: works.filter(isAbsent), own, unknown: own.filter(isUnknown) };
}
