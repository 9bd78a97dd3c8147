import { BASE62 } from "../model/base-62";

const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** The three characters that make a 15-character id safe where case is lost (SOAP API guide, "ID field type"). */
export function idSuffix(id15: string): string {
  let suffix = "";
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let position = 0; position < 5; position++) {
      const character = id15.charAt(block * 5 + position);
      if (character >= "A" && character <= "Z") bits |= 1 << position;
    }
    suffix += SUFFIX.charAt(bits);
  }
  return suffix;
}

/**
 * The 18-character form of a 15- or 18-character id; undefined when the text is no id.
 * An 18-character id must carry the right suffix.
 */
export function normaliseId(id: string): string | undefined {
  if (!/^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/.test(id)) return undefined;
  const id15 = id.slice(0, 15);
  const id18 = id15 + idSuffix(id15);
  return id.length === 18 && id !== id18 ? undefined : id18;
}

/**
 * Makes record ids: key prefix, two characters of the instance, a reserved zero, nine counting characters.
 * The same seed and the same calls give the same ids.
 */
export class IdSource {
  private readonly counters = new Map<string, number>();

  constructor(private readonly seed: number) {}

  next(keyPrefix: string): string {
    const count = (this.counters.get(keyPrefix) ?? FIRST_COUNT) + 1;
    this.counters.set(keyPrefix, count);
    const instance = base62(this.seed % (62 * 62), 2);
    const id15 = `${keyPrefix}${instance}0${base62(count, 9)}`;
    return id15 + idSuffix(id15);
  }

  /** The next number of a count that begins at `start`, for auto-number fields. */
  count(name: string, start: number): number {
    const count = (this.counters.get(name) ?? start - 1) + 1;
    this.counters.set(name, count);
    return count;
  }

  state(): Record<string, number> {
    return Object.fromEntries(this.counters);
  }

  restore(state: Record<string, number>): void {
    this.counters.clear();
    for (const [prefix, count] of Object.entries(state)) this.counters.set(prefix, count);
  }
}

const FIRST_COUNT = 24_000_000;

function base62(value: number, width: number): string {
  let text = "";
  for (let rest = value; text.length < width; rest = Math.floor(rest / 62)) {
    text = BASE62.charAt(rest % 62) + text;
  }
  return text;
}
