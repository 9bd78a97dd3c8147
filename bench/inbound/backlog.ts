/** A backlog: stored while the streams rest, then released. How many calls it takes, and how long. */
import { cpuMs } from "./cpu";
import type { Cost, Org } from "./org";
import { median, rounded } from "./numbers";
import type { Product, Webhook } from "./product";
import type { Row, Script } from "./scripts";
import { contact, contactRow, order, range, saleRow } from "./venue";

const itemsPerPost = 500;

export interface Measured {
  readonly records: number;
  readonly callsPer1000: number;
  readonly calls: Cost["by"];
  readonly ms: number;
  readonly recordsPerSecond: number;
  /** Processor time for 1,000 records, ms, where the system tells it: the connector's worker and its database. */
  readonly cpuMsPer1000?: { readonly worker: number; readonly database: number };
}

/** New records, and the same records with other values: of those the run with the median speed. */
export interface Both {
  readonly created: Measured;
  readonly changed: Measured;
}

export interface Kind {
  readonly webhook: Webhook;
  readonly object: string;
  item(n: number, round: number): object;
  row(n: number, round: number, script: Script): Row;
}

export const contacts: Kind = {
  webhook: "contacts",
  object: "Account",
  item: contact,
  row: (n, round, script) => contactRow(n, round, script.personRecordType),
};

export const operations: Kind = {
  webhook: "orders",
  object: "SecutixSale__c",
  item: (n, round) => order(n, round),
  row: (n, round) => saleRow(n, round),
};

export interface Span {
  readonly first: number;
  readonly records: number;
  readonly rounds: number;
}

/** Through the product. */
export function throughProduct(product: Product, kind: Kind, span: Span): Promise<Both> {
  return inRounds(span, async (numbers, round) => {
    await product.pause();
    for (let start = 0; start < numbers.length; start += itemsPerPost) {
      const items = numbers.slice(start, start + itemsPerPost).map((n) => kind.item(n, round));
      await product.post(kind.webhook, JSON.stringify(items));
    }
    await product.takenIn();
    const before = cpuOf(product);
    const measured = await measure(product.org, numbers.length, async () => {
      await product.resume();
      await product.settled();
    });
    return { ...measured, ...cpuSince(before, cpuOf(product), numbers.length) };
  });
}

type Cpu = Readonly<Record<"worker" | "database", number | null>>;

function cpuOf({ stack }: Product): Cpu {
  const of = (name: string): number | null => {
    const pid = stack.pidOf(name);
    return pid === null ? null : cpuMs(pid);
  };
  return { worker: of("worker"), database: of("database") };
}

function cpuSince(before: Cpu, after: Cpu, records: number): Pick<Measured, "cpuMsPer1000"> {
  const { worker, database } = before;
  if (worker === null || database === null || after.worker === null || after.database === null) return {};
  const per1000 = (ms: number): number => Math.round((ms / records) * 1_000);
  return {
    cpuMsPer1000: { worker: per1000(after.worker - worker), database: per1000(after.database - database) },
  };
}

/** With one of the scripts, which holds the rows in memory. */
export function throughScript(
  org: Org,
  script: Script,
  send: Script["inArrays"],
  kind: Kind,
  span: Span,
): Promise<Both> {
  return inRounds(span, (numbers, round) => {
    const rows = numbers.map((n) => kind.row(n, round, script));
    return measure(org, rows.length, () => send(kind.object, rows));
  });
}

async function inRounds(
  { first, records, rounds }: Span,
  run: (numbers: readonly number[], round: number) => Promise<Measured>,
): Promise<Both> {
  const numbers = range(first, records);
  const created = await run(numbers, 0);
  const changes: Measured[] = [];
  for (let round = 1; round <= rounds; round++) changes.push(await run(numbers, round));
  const middle = median(changes.map(({ ms }) => ms));
  return { created, changed: changes.find(({ ms }) => ms === middle) ?? created };
}

async function measure(org: Org, records: number, work: () => Promise<void>): Promise<Measured> {
  let ms = 0;
  const cost = await org.costOf(async () => {
    const startedAt = performance.now();
    await work();
    ms = performance.now() - startedAt;
  });
  return {
    records,
    callsPer1000: rounded((cost.calls / records) * 1_000),
    calls: cost.by,
    ms: Math.round(ms),
    recordsPerSecond: Math.round((records / ms) * 1_000),
  };
}
