import { parseArgs } from "node:util";

export interface Options {
  readonly quick: boolean;
  /** What the simulated org waits before each answer, ms. */
  readonly latencies: readonly number[];
  /** Contacts, and as many operations, of one backlog. */
  readonly records: number;
  /** How often the linked records of a backlog change and are written again; the median counts. */
  readonly rounds: number;
  /** Upserts of the script that sends one record a call: it is slow, and each call costs what the next one does. */
  readonly single: number;
  /** S-360 cycles of each kind. */
  readonly cycles: number;
  /** Slices of the open loop; the bare INSERT and the product take turns, so that noise meets both. */
  readonly slices: number;
  readonly sliceSeconds: number;
}

const full: Options = {
  quick: false,
  latencies: [0, 100, 300],
  records: 4_000,
  rounds: 3,
  single: 50,
  cycles: 3,
  slices: 4,
  sliceSeconds: 10,
};
const quick: Options = {
  quick: true,
  latencies: [100],
  records: 2_000,
  rounds: 1,
  single: 40,
  cycles: 1,
  slices: 1,
  sliceSeconds: 5,
};

/** `--quick`, `--latency 100` (once or more), `--records 1000`. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean" },
      latency: { type: "string", multiple: true },
      records: { type: "string" },
    },
  });
  const base = values.quick ? quick : full;
  return {
    ...base,
    latencies: values.latency?.map(wholeNumber) ?? base.latencies,
    records: values.records === undefined ? base.records : wholeNumber(values.records),
  };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${text} is no whole number`);
  return Number(text);
}
