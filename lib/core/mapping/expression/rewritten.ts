/**
 * Functions of jsonata whose work grows with the square of what they are given, or that first build what they then cut:
 * here with the same results in one pass. Each takes as many arguments as jsonata's: it gives a function no more.
 */
import type jsonata from "jsonata";
import { inTurn, turn } from "./clock";
import { distinct } from "./distinct";
import { limits } from "./limits";
import { MappingSignal } from "../signal";
import { sizeOf } from "./structure-size";

type Own = Parameters<jsonata.Expression["registerFunction"]>[1];

/** By name, with jsonata's own signatures. */
export const rewritten: Readonly<Record<string, { readonly signature: string; readonly run: Own }>> = {
  distinct: { signature: "<x:x>", run: runDistinct },
  pad: {
    signature: "<s-ns?:s>",
    run(this: jsonata.Focus, text: string | undefined, width: number, sign: string | undefined) {
      return inTurn(this, () => (text === undefined ? undefined : pad(text, width, sign || " ")));
    },
  },
  spread: {
    signature: "<x-:a<o>>",
    run(this: jsonata.Focus, value: unknown) {
      return inTurn(this, () => spread(value, this as Sequences));
    },
  },
};

async function runDistinct(this: jsonata.Focus, list: unknown): Promise<unknown> {
  if (!Array.isArray(list) || list.length < 2) return list;
  const known = new WeakMap<object, number>();
  for (const value of list) {
    if (sizeOf(value, known, limits.comparedSize) > limits.comparedSize)
      throw MappingSignal.bound("what is compared is too large.");
  }
  return inSequence(list, await distinct(list, () => turn(this.environment)));
}

/** What jsonata itself put together stays such a list: only those are made one value when they hold one. */
function inSequence(like: unknown, values: readonly unknown[]): unknown {
  const list: unknown[] = [...values];
  return (like as { sequence?: boolean }).sequence === true ? Object.assign(list, { sequence: true }) : list;
}

/** jsonata counts characters, not halves of them, and writes the sign as often as characters are missing. */
function pad(text: string, width: number, sign: string): string {
  if (Math.abs(width) > limits.textLength) throw MappingSignal.bound(tooLong);
  const missing = Math.abs(Math.trunc(width)) - [...text].length;
  if (!(missing > 0)) return text;
  const signs = [...sign.slice(0, 2 * missing)];
  const padding = Array.from({ length: missing }, (_, at) => signs[at % signs.length]).join("");
  return width > 0 ? text + padding : padding + text;
}

const tooLong = `texts are limited to ${limits.textLength} characters.`;

/** jsonata makes its own kind of list by this, which becomes one value when it holds one. */
interface Sequences extends jsonata.Focus {
  readonly createSequence: () => unknown[];
}

function spread(value: unknown, { createSequence }: Sequences): unknown {
  if (Array.isArray(value)) {
    const parts: unknown[] = [];
    for (const item of value) append(parts, spread(item, { createSequence } as Sequences));
    return value.length === 0 ? createSequence() : parts;
  }
  if (typeof value !== "object" || value === null || "_jsonata_lambda" in value) return value;
  const parts = createSequence();
  for (const [name, member] of Object.entries(value))
    parts.push(Object.assign(Object.create(null), { [name]: member }));
  return parts;
}

function append(parts: unknown[], more: unknown): void {
  if (more === undefined) return;
  const items = Array.isArray(more) ? (more as unknown[]) : [more];
  // The error jsonata has for it, which writes the message.
  if (parts.length + items.length > limits.sequenceLength)
    throw { code: "D2015", value: limits.sequenceLength };
  for (const item of items) parts.push(item);
}
