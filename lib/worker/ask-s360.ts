/** Asking S-360 for one thing after the other, through the gate; what comes is folded in like anything that it sends. */
import type { BeforeSending } from "@/lib/core/contact-side";
import { FaultError, faultRow, type Fault } from "@/lib/core/faults";
import type { InboundItem } from "@/lib/core/inbound";
import type { Stream } from "@/lib/core/words";
import { ClaimLost } from "@/lib/inbox/asking";
import { receive, type Asked } from "@/lib/inbox/receive";
import type { Database, Queryable } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";
import { portray } from "@/lib/s360/portrait";
import { blockSystem, unblockSystem } from "@/lib/sync/block";
import { HeldClaim } from "./held-claim";

export interface AskInput<Reader> {
  readonly db: Database;
  readonly log: Logger;
  /** Null where nothing to sign in with is known. Throws FaultError. */
  readonly openReader: (connectionId: number) => Promise<Reader | null>;
  readonly signal?: AbortSignal;
}

/** What is to be asked for, one at a time, and what becomes of it. What notes that throws ClaimLost. */
export interface Errand<Reader, Thing> {
  /** Null: nothing is left to ask for. */
  claim(): Promise<Thing | null>;
  /** Kept from others for a while longer. */
  renew(db: Queryable, thing: Thing): Promise<Thing>;
  /** The items of what S-360 says of it; null when S-360 knows no such thing. */
  ask(reader: Reader, thing: Thing, before: BeforeSending): Promise<readonly InboundItem[] | null>;
  /** Among what was stored. */
  isAmong(thing: Thing, items: readonly InboundItem[]): boolean;
  streamOf(thing: Thing): Stream;
  /** Whether it is asked for of the connector's own accord, so that it belongs to no initial import. */
  asked(thing: Thing): Asked | null;
  /** When S-360 told that there is something to ask for: an import that was open then has it. Null: it did not. */
  toldAt(thing: Thing): string | null;
  /** Said of each item: why it was asked for. */
  readonly why: string;
  /** In the transaction that stores it. */
  came(tx: Queryable, thing: Thing): Promise<void>;
  /** S-360 as a whole did not answer: the try does not count. */
  unasked(thing: Thing): Promise<void>;
  /** It did not come. Null: S-360 knows no such thing. */
  absent(thing: Thing, fault: Fault | null): Promise<void>;
  /** Ids only, for the log. */
  named(thing: Thing): Readonly<Record<string, unknown>>;
  /** Told when nothing to sign in with is known: things that nobody can ask for must not wait in silence. */
  readonly noReader: Fault | null;
}

/** Until nothing is left to ask for, S-360 as a whole refuses, or the worker is to stop. */
export async function askS360<Reader, Thing>(
  input: AskInput<Reader>,
  connectionId: number,
  errand: Errand<Reader, Thing>,
): Promise<void> {
  const { db, log, signal } = input;
  const hold = (fault: Fault) => blockSystem({ db, log, random: Math.random }, connectionId, "s360", fault);
  let reader: Reader | null;
  try {
    reader = await input.openReader(connectionId);
  } catch (error) {
    // A secret that cannot be read is everyone's trouble: S-360 counts as away until it is mended.
    if (!(error instanceof FaultError)) throw error;
    return hold(error.fault);
  }
  if (!reader) {
    if (errand.noReader) await hold(errand.noReader);
    return;
  }
  while (!signal?.aborted) {
    const thing = await errand.claim();
    if (!thing) return;
    const wide = await askFor(input, connectionId, errand, { reader, thing });
    if (wide) return hold(wide);
  }
}

/** Gives the fault of S-360 as a whole, where it has one. */
async function askFor<Reader, Thing>(
  { db, log }: AskInput<Reader>,
  connectionId: number,
  errand: Errand<Reader, Thing>,
  { reader, thing }: { readonly reader: Reader; readonly thing: Thing },
): Promise<Fault | null> {
  const named = { connectionId, ...errand.named(thing) };
  const claim = new HeldClaim(
    thing,
    (held) => errand.renew(db, held),
    (error) => log.warn({ ...named, err: describeError(error) }, "a claim was not renewed"),
  );
  try {
    // Renewed once the gate has let the call pass, so that only one worker spends it.
    const items = await errand.ask(reader, thing, () => claim.renew());
    await unblockSystem(db, connectionId, "s360");
    const ours = await claim.end();
    const came = items !== null && (await takeIn(db, connectionId, errand, { thing: ours, items }));
    if (!came) await errand.absent(ours, null);
    log.info({ ...named, came }, "asked S-360");
    return null;
  } catch (error) {
    if (!(error instanceof FaultError)) return nullIfLost(error);
    const { fault } = error;
    if (faultRow(fault.code).wide) {
      await errand.unasked(await claim.end());
      return fault;
    }
    log.warn({ ...named, code: fault.code }, "S-360 did not give what was asked for");
    return await errand.absent(await claim.end(), fault).then(() => null, nullIfLost);
  } finally {
    await claim.end();
  }
}

/** Another worker sees to it: whatever it is told is newer. */
function nullIfLost(error: unknown): null {
  if (error instanceof ClaimLost) return null;
  throw error;
}

/** Stored as events like any other; false when S-360 answered with something else, or something that cannot be used. */
async function takeIn<Reader, Thing>(
  db: Database,
  connectionId: number,
  errand: Errand<Reader, Thing>,
  { thing, items }: { readonly thing: Thing; readonly items: readonly InboundItem[] },
): Promise<boolean> {
  // A number and nothing else is no answer to what it names.
  const told = items.filter(({ named }) => named === undefined);
  const noted = told.map((item) => ({ ...item, note: [item.note, errand.why].filter(Boolean).join(" ") }));
  const stream = errand.streamOf(thing);
  const asked = errand.asked(thing) ?? undefined;
  const toldAt = errand.toldAt(thing);
  const came = errand.isAmong(thing, told);
  await receive(
    db,
    { connectionId, stream, direction: "in", items: noted, portray, asked, toldAt },
    async (tx) => (came ? errand.came(tx, thing) : undefined),
  );
  return came;
}
