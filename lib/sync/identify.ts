/** Which records of the org the works of a batch are, before anything is decided: by key, or not known yet. */
import type { Side } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import { findShared, findUnlinked, type Found } from "./find-unlinked";
import type { RulesOf } from "./matching";
import type { LinkResult, LinkWork } from "./work";

export interface Identified extends Found {
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
  const found = await findUnlinked(side, works, rulesOf);
  const { find } = found;
  const shared = await findShared(db, connectionId, works, find);
  const isUnknown = (work: LinkWork) => !work.link && !find(work);
  const isAbsent = (work: LinkWork) => work.marksOnly && isUnknown(work);
  const own = works.filter((work) => !isAbsent(work) && !shared.has(work.rowId));
  return { ...found, shared, absent: works.filter(isAbsent), own, unknown: own.filter(isUnknown) };
}
