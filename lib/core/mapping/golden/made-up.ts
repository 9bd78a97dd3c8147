/**
 * A real record made nobody's: whatever is not documented as harmless is replaced by something of the same shape, the same
 * value always by the same one, so that a mapping behaves as before. Pure. Names stay names, phones phones and dates dates
 * where the name of the member or the form of the value tells it; any other text becomes other letters.
 */
import { Names } from "./made-up-names";
import { isHarmless, memberAt, rootOf, type Place } from "./made-up-harmless";
import { digitMakers, mailForm, numberMakers, withParts } from "./made-up-patterns";
import { sortOf, type Sort } from "./made-up-sorts";
import { madeDate, madeDay, madeDigits, madeMail, madeText } from "./made-up-values";

export interface Replacement {
  /** `addresses[0].street1` */
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export interface MadeUp {
  readonly source: unknown;
  /** In the order of the source. */
  readonly replacements: readonly Replacement[];
}

/** What stays although nobody documents it. */
export interface Spared {
  /** Words that mappings and value maps name themselves; personal members are replaced all the same. */
  readonly words?: ReadonlySet<string>;
  /** An earlier answer: what was made up there is nobody's already. */
  readonly madeUp?: MadeUp;
}

/** `seed` decides which values are made up; the same seed gives the same. */
export function makeUp(source: unknown, seed: number, spared: Spared = {}): MadeUp {
  const maker = new Maker(seed, spared);
  const root = rootOf(source);
  // Names first: a name may stand in texts before the member that tells it is a name.
  maker.walk(source, { name: "", path: "", place: root, inside: root });
  maker.begin();
  return {
    source: maker.walk(source, { name: "", path: "", place: root, inside: root }),
    replacements: maker.replacements,
  };
}

/** A text that was typed by itself, without the e-mails and the numbers that tell themselves by their form. */
export function withoutPersonalNumbers(text: string, seed: number): string {
  return withParts(text, { ...numberMakers(seed), mail: (found) => madeMail(found, seed) });
}

interface At {
  readonly name: string;
  readonly path: string;
  /** Where the member of this name is looked up. */
  readonly place: Place;
  /** Where the members of what stands here are. */
  readonly inside: Place;
}

const digitsOnly: ReadonlySet<Sort> = new Set(["phone", "number", "box", "postcode"]);
const mailOnly = new RegExp(mailForm, "u");

class Maker {
  readonly replacements: Replacement[] = [];
  readonly #made = new Map<string, string>();
  readonly #names = new Names();
  readonly #known: ReadonlySet<string>;

  constructor(
    private readonly seed: number,
    private readonly spared: Spared,
  ) {
    this.#known = new Set(spared.madeUp?.replacements.map(({ to }) => to));
  }

  begin(): void {
    this.replacements.length = 0;
  }

  walk(value: unknown, at: At): unknown {
    if (Array.isArray(value))
      return value.map((item, nth) => this.walk(item, { ...at, path: `${at.path}[${nth}]` }));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => this.#member(key, inner, at)));
    if (typeof value !== "string" && typeof value !== "number") return value;
    const made = this.#replace(value, at);
    if (made !== value) this.#note(at.path, String(value), String(made));
    return made;
  }

  #note(path: string, from: string, to: string): void {
    this.replacements.push({ path, from, to });
  }

  #member(key: string, value: unknown, { path, inside }: At): [string, unknown] {
    // Records may be listed by an e-mail or a phone.
    const made = this.#known.has(key) ? key : this.#numbers(key);
    const here = path === "" ? made : `${path}.${made}`;
    if (made !== key) this.#note(here, key, made);
    const member = memberAt(inside, key);
    return [
      made,
      this.walk(value, { name: key, path: here, place: inside, inside: member?.members ?? null }),
    ];
  }

  #replace(value: string | number, { name, place }: At): string | number {
    if (this.#known.has(String(value)) || String(value).trim() === "") return value;
    const sort = sortOf(name);
    if (sort === undefined) {
      if (isHarmless(name, memberAt(place, name), value))
        return typeof value === "string" ? this.#numbers(value) : value;
      if (this.#isSpared(String(value))) return value;
    }
    if (typeof value === "number") return this.#number(value, sort);
    return sort === undefined ? this.#free(value) : this.#text(value, sort);
  }

  #isSpared(text: string): boolean {
    return /^\s*(true|false)\s*$/i.test(text) || this.spared.words?.has(text.trim()) === true;
  }

  #number(value: number, sort: Sort | undefined): number {
    if (value === 0) return value;
    const isYear = Number.isInteger(value) && value >= 1_900 && value < 2_100;
    const isMoment = Number.isInteger(value) && Math.abs(value) >= 1e11 && Math.abs(value) < 4.2e12;
    if (sort === "birthday" || (sort === undefined && (isYear || isMoment))) return madeDay(value, this.seed);
    const kind = sort !== undefined && digitsOnly.has(sort) ? sort : "number";
    // An exponent stays: with another it may be no number any more.
    const text = String(value).replace(/^[^e]+/, (digits) => this.#text(digits, kind));
    return Number(text);
  }

  #text(value: string, sort: Sort): string {
    return this.#once(`${sort} ${value.toLowerCase()}`, (nth) => this.#make(value, sort, nth));
  }

  #once(known: string, make: (nth: number) => string): string {
    const made = this.#made.get(known) ?? make(this.seed + this.#made.size);
    this.#made.set(known, made);
    return made;
  }

  #make(value: string, sort: Sort, nth: number): string {
    switch (sort) {
      case "first":
      case "last":
      case "street":
      case "town":
        return mailOnly.test(value) ? this.#free(value) : this.#names.replace(value, sort, nth);
      case "mail":
        return mailOnly.test(value) ? this.#free(value) : madeText(value, nth);
      case "phone":
        return /\p{L}{2}/u.test(value) ? this.#free(value) : madeDigits(value, nth, 6);
      case "box":
        return this.#names.mentions(madeDigits(value, nth, value.length));
      case "number":
      case "postcode":
        return madeDigits(value, nth);
      case "birthday":
        return madeDate(value, nth);
    }
  }

  /** What may be anything. */
  #free(value: string): string {
    const words = (part: string) => this.#names.wordFor(part, this.seed);
    return withParts(value, { ...digitMakers(this.seed), ...this.#makers(), word: words });
  }

  #numbers(value: string): string {
    const { long: _, ...makers } = this.#makers();
    return withParts(value, makers);
  }

  #makers() {
    const mail = (found: string) =>
      this.#once(`address ${found.toLowerCase()}`, (nth) => madeMail(found, nth));
    return { ...numberMakers(this.seed), mail };
  }
}
