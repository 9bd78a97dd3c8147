/** How far an import is, how fast it goes, and how long the rest takes. Pure. */

export interface ImportPace {
  /** Contacts or orders that are to come; null where nobody said. */
  readonly expected: number | null;
  /** More may come. */
  readonly isReceiving: boolean;
  readonly received: number;
  /** What is to be written of that: contacts, or operations, of which an order has any number. */
  readonly records: number;
  /** Of the records: they need no further turn. */
  readonly through: number;
  /** What came and what went through within the last `lookedBackMinutes`. */
  readonly receivedLately: number;
  readonly throughLately: number;
  readonly lookedBackMinutes: number;
  /** It is paused, or waits for somebody to approve. */
  readonly isResting: boolean;
}

export interface Estimate {
  /** What "n of" counts to; more than expected came when it is more. */
  readonly total: number | null;
  /** Shares of the total, from 0 to 1: received, and of it through. Null where the total is not known. */
  readonly received: number | null;
  readonly through: number | null;
  /** Null: too early to tell, or it rests. */
  readonly perMinute: number | null;
  readonly receivedPerMinute: number | null;
  /** Null: cannot be told. */
  readonly minutesLeft: number | null;
}

/** Shorter than this says nothing: what comes, comes in heaps. */
const leastMinutes = 0.5;

export function estimate(pace: ImportPace): Estimate {
  const { expected, isReceiving, received, records, through, isResting, lookedBackMinutes } = pace;
  const total = isReceiving ? (expected === null ? null : Math.max(expected, received)) : received;
  const shareReceived = total === null ? null : share(received, total);
  const isTold = lookedBackMinutes >= leastMinutes;
  const perMinute = isTold && !isResting ? pace.throughLately / lookedBackMinutes : null;
  const receivedPerMinute = isTold && isReceiving ? pace.receivedLately / lookedBackMinutes : null;
  return {
    total,
    received: shareReceived,
    through: shareReceived === null ? null : shareReceived * share(through, records),
    perMinute,
    receivedPerMinute,
    minutesLeft:
      isResting || total === null ? null : minutesLeft({ ...pace, total, perMinute, receivedPerMinute }),
  };
}

interface Rates extends ImportPace {
  readonly total: number;
  readonly perMinute: number | null;
  readonly receivedPerMinute: number | null;
}

/** What comes and what is written overlap: the slower of the two says when it is over. */
function minutesLeft({
  total,
  received,
  records,
  through,
  perMinute,
  receivedPerMinute,
}: Rates): number | null {
  const toCome = total - received;
  const perItem = received === 0 ? 1 : records / received;
  const toWrite = records - through + toCome * perItem;
  const coming = at(toCome, receivedPerMinute);
  // While all that came is through, writing is as fast as what comes, whatever was measured.
  const isCaughtUp = toCome > 0 && records === through;
  const writing = isCaughtUp ? 0 : at(toWrite, perMinute);
  return coming === null || writing === null ? null : Math.max(coming, writing);
}

/** Nothing takes no time, also where nothing moves. */
function at(number: number, perMinute: number | null): number | null {
  if (number <= 0) return 0;
  return perMinute === null || perMinute <= 0 ? null : number / perMinute;
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, part / whole));
}
