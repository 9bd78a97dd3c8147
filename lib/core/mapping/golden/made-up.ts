/**
 * A real record made nobody's: names, e-mails, phones, addresses, birth dates and numbers of people replaced by values of
 * the same shape, the same value always by the same one, so that a mapping behaves as before. Pure. It knows the names that
 * S-360 uses (s360.md §1.4, §2), numbers by their form and names wherever they stand, and rather replaces too much; the
 * rest of what a venue calls its own is for a person to look at.
 */
import { Names } from "./made-up-names";
import { withoutNumbers } from "./made-up-patterns";
import { isCode, isDocumented, isPlainNumber, sortOf, type Sort } from "./made-up-sorts";
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

const mail = /[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,]+/g;

/** `seed` decides which values are made up; the same seed gives the same. */
export function makeUp(source: unknown, seed: number): MadeUp {
  const maker = new Maker(seed);
  // Names first: a name may stand in texts before the member that tells it is a name.
  maker.walk(source, "", "");
  maker.begin();
  return { source: maker.walk(source, "", ""), replacements: maker.replacements };
}

class Maker {
  readonly replacements: Replacement[] = [];
  readonly #made = new Map<string, string>();
  readonly #names = new Names();

  constructor(private readonly seed: number) {}

  begin(): void {
    this.replacements.length = 0;
  }

  walk(value: unknown, name: string, path: string): unknown {
    if (Array.isArray(value)) return value.map((item, nth) => this.walk(item, name, `${path}[${nth}]`));
    if (typeof value === "object" && value !== null) {
      const members = Object.entries(value).map(([key, inner]): [string, unknown] => [
        key,
        this.walk(inner, key, path === "" ? key : `${path}.${key}`),
      ]);
      return Object.fromEntries(members);
    }
    if (typeof value !== "string" && typeof value !== "number") return value;
    const made = this.#replace(value, name);
    if (made !== value) this.replacements.push({ path, from: String(value), to: String(made) });
    return made;
  }

  #replace(value: string | number, name: string): string | number {
    const sort = sortOf(name);
    if (typeof value === "number") return this.#number(value, name, sort);
    if (value.trim() === "") return value;
    return sort === undefined ? this.#free(value, name) : this.#text(value, sort);
  }

  #number(value: number, name: string, sort: Sort | undefined): number {
    if (sort === "birthday") return madeDay(value, this.seed);
    const isLong = Number.isInteger(value) && Math.abs(value) >= 100_000_000;
    const personal = sort === undefined ? isLong && !isPlainNumber(name) : digitsOnly.has(sort);
    const made = personal ? Number(this.#text(String(value), sort ?? "number")) : value;
    return Number.isFinite(made) ? made : value;
  }

  #text(value: string, sort: Sort): string {
    const known = `${sort} ${value.toLowerCase()}`;
    const made = this.#made.get(known) ?? this.#make(value, sort);
    this.#made.set(known, made);
    return made;
  }

  #make(value: string, sort: Sort): string {
    const nth = this.seed + this.#made.size;
    switch (sort) {
      case "first":
      case "last":
      case "street":
      case "town":
        return this.#mails(this.#names.replace(value, sort, nth));
      case "mail":
        return value.search(mail) < 0 ? madeText(value, nth) : this.#mails(value);
      case "phone":
        return madeDigits(value, nth, 6);
      case "box":
        return madeDigits(value, nth, value.length);
      case "number":
      case "postcode":
        return madeDigits(value, nth);
      case "birthday":
        return madeDate(value, nth);
      case "prose":
        return madeText(value, nth);
    }
  }

  /** What may be anything: e-mails, numbers by their form, and names. */
  #free(value: string, name: string): string {
    const including = isCode(name) || isPlainNumber(name) ? "typed" : "long";
    const text = withoutNumbers(this.#mails(value), this.seed, including);
    if (isCode(name)) return text;
    const mentions = this.#names.mentions(text);
    // Who is named beside a known name is likely a person too.
    if (!mentions.found || isDocumented(name) || !/\s/.test(value.trim())) return mentions.text;
    return this.#names.replaceCapitals(text, this.seed);
  }

  #mails(value: string): string {
    return value.replace(mail, (address) => {
      const known = `address ${address.toLowerCase()}`;
      const made = this.#made.get(known) ?? madeMail(address, this.seed + this.#made.size);
      this.#made.set(known, made);
      return made;
    });
  }
}

const digitsOnly: ReadonlySet<Sort> = new Set(["phone", "number", "box", "postcode"]);
