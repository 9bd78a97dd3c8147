/**
 * A real record made nobody's: whatever is not documented as harmless is replaced by something of the same shape, the same
 * value always by the same one, so that a mapping behaves as before. Pure. Names stay names, phones phones and dates dates
 * where the name of the member or the form of the value tells it; any other text becomes other letters.
 */
import type { Breathe } from "../expression/clock";
import type { SourceMember } from "../source-model";
import { isHarmless, memberAt, rootOf, type Place } from "./made-up-harmless";
import { holdsMail } from "./made-up-mails";
import { Parts } from "./made-up-makers";
import { sortOf, type Sort } from "./made-up-sorts";
import { atOnce, inTurns, Pace, perValue, type Turns } from "./made-up-turns";

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
  /** Names of members that mappings read. */
  readonly members?: ReadonlySet<string>;
  /** An earlier answer: what was made up there is nobody's already. */
  readonly madeUp?: MadeUp;
}

/** `seed` decides which values are made up; the same seed gives the same. For small sources: see `makeUpInTurns`. */
export function makeUp(source: unknown, seed: number, spared: Spared = {}): MadeUp {
  return atOnce(new Maker(seed, spared).make(source));
}

/** The same with turns for others in between, however large the source and its texts are. */
export function makeUpInTurns(
  source: unknown,
  seed: number,
  spared: Spared,
  breathe: Breathe,
): Promise<MadeUp> {
  return inTurns(new Maker(seed, spared).make(source), breathe);
}

/** A text that was typed by itself, without the e-mails and the numbers that tell themselves by their form. */
export function withoutPersonalNumbers(text: string, seed: number): string {
  return atOnce(new Parts(seed, new Pace()).numbersIn(text));
}

interface At {
  readonly path: string;
  readonly name: string;
  /** What the name tells: looked up once for all items of a list. */
  readonly sort: Sort | undefined;
  readonly member: SourceMember | null;
  /** Where the members of what stands here are. */
  readonly inside: Place;
}

const digitsOnly: ReadonlySet<Sort> = new Set(["phone", "number", "box", "postcode"]);
const longestPath = 300;

/** As members are named in programs; people are not. */
const identifier = /^_*\p{Ll}\p{L}*\d{0,3}(?:_\p{L}*\d{0,3})*$/u;
const oneWord = /^[\p{L}_-]+\d{0,3}$/u;
/** Places in a list, and years. */
const counting = /^(\d{1,3}|(19|20)\d\d)$/;

class Maker {
  readonly #replacements: Replacement[] = [];
  readonly #pace = new Pace();
  readonly #parts: Parts;
  readonly #known: ReadonlySet<string>;
  #isLearning = true;

  constructor(
    seed: number,
    private readonly spared: Spared,
  ) {
    this.#parts = new Parts(seed, this.#pace);
    this.#known = new Set(spared.madeUp?.replacements.map(({ to }) => to));
  }

  *make(source: unknown): Turns<MadeUp> {
    const root = rootOf(source);
    const at = { path: "", name: "", sort: undefined, member: null, inside: root };
    // Names first: a name may stand in texts before the member that tells it is a name.
    yield* this.#walk(source, at);
    this.#isLearning = false;
    const made = yield* this.#walk(source, at);
    return { source: made, replacements: this.#replacements };
  }

  *#walk(value: unknown, at: At): Turns<unknown> {
    yield* this.#pace.after(perValue);
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [nth, item] of value.entries())
        items.push(yield* this.#walk(item, { ...at, path: shortened(`${at.path}[${nth}]`) }));
      return items;
    }
    if (typeof value === "object" && value !== null) return yield* this.#members(value, at);
    if (typeof value !== "string" && typeof value !== "number") return value;
    const made = yield* this.#replace(value, at);
    if (made !== value) this.#note(at.path, String(value), String(made));
    return made;
  }

  #note(path: string, from: string, to: string): void {
    if (!this.#isLearning) this.#replacements.push({ path, from, to });
  }

  *#members(value: object, { path, inside }: At): Turns<unknown> {
    const names = yield* this.#names(Object.keys(value), inside);
    const members: [string, unknown][] = [];
    for (const [key, inner] of Object.entries(value)) {
      const made = names.get(key) ?? key;
      const here = shortened(path === "" ? made : `${path}.${made}`);
      if (made !== key) this.#note(here, key, made);
      const member = memberAt(inside, key);
      const at = { path: here, name: key, sort: sortOf(key), member, inside: member?.members ?? null };
      members.push([made, yield* this.#walk(inner, at)]);
    }
    return Object.fromEntries(members);
  }

  /** Records may be listed by an e-mail, a phone or a name: none of them may take the place of another. */
  *#names(keys: readonly string[], inside: Place): Turns<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    if (this.#isLearning) return names;
    for (const key of keys) {
      yield* this.#pace.after(perValue);
      names.set(key, yield* this.#nameFor(key, inside));
    }
    const taken = new Set(keys.filter((key) => names.get(key) === key));
    for (const [key, name] of names) {
      if (name === key) continue;
      let other = name;
      for (let more = 2; taken.has(other); more++) other = `${name}${more}`;
      taken.add(other);
      names.set(key, other);
    }
    return names;
  }

  *#nameFor(key: string, inside: Place): Turns<string> {
    const { words, members } = this.spared;
    const isNamed = memberAt(inside, key) !== null || words?.has(key) === true || members?.has(key) === true;
    if (isNamed || this.#known.has(key) || counting.test(key)) return key;
    const isWord = identifier.test(key) || (oneWord.test(key) && sortOf(key) !== undefined);
    return yield* isWord ? this.#parts.names.mentions(key) : this.#parts.free(key);
  }

  *#replace(value: string | number, { name, sort, member }: At): Turns<string | number> {
    if (this.#isLearning && sort !== "first" && sort !== "last") return value;
    if (this.#known.has(String(value)) || String(value).trim() === "") return value;
    if (sort === undefined) {
      if (isHarmless(name, member, value))
        return typeof value === "string" ? yield* this.#parts.shortNumbersIn(value) : value;
      if (this.#isSpared(String(value))) return value;
    }
    if (typeof value === "number") return yield* this.#number(value, sort);
    return sort === undefined ? yield* this.#parts.free(value) : yield* this.#text(value, sort);
  }

  #isSpared(text: string): boolean {
    return /^\s*(true|false)\s*$/i.test(text) || this.spared.words?.has(text.trim()) === true;
  }

  *#number(value: number, sort: Sort | undefined): Turns<number> {
    if (value === 0) return value;
    const isYear = Number.isInteger(value) && value >= 1_900 && value < 2_100;
    const isMoment = Number.isInteger(value) && Math.abs(value) >= 1e11 && Math.abs(value) < 4.2e12;
    if (sort === "birthday" || (sort === undefined && (isYear || isMoment)))
      return this.#parts.dayNumber(value);
    const kind = sort !== undefined && digitsOnly.has(sort) ? sort : "number";
    // An exponent stays: with another it may be no number any more.
    const [digits = ""] = /^[^e]+/.exec(String(value)) ?? [];
    return Number((yield* this.#text(digits, kind)) + String(value).slice(digits.length));
  }

  *#text(value: string, sort: Sort): Turns<string> {
    yield* this.#pace.after(value.length);
    switch (sort) {
      case "first":
      case "last":
      case "street":
      case "town":
        return yield* holdsMail(value) ? this.#parts.free(value) : this.#parts.names.replace(value, sort);
      case "mail":
        return yield* this.#parts.free(value);
      case "phone":
        return /\p{L}{2}/u.test(value) ? yield* this.#parts.free(value) : this.#parts.phone(value, 6);
      case "box":
        return yield* this.#parts.names.mentions(this.#parts.box(value));
      case "number":
      case "postcode":
        return this.#parts.digits(value);
      case "birthday":
        return this.#parts.day(value);
    }
  }
}

/** What stands at the end of a deep place tells it. */
function shortened(path: string): string {
  return path.length > longestPath ? `…${path.slice(1 - longestPath)}` : path;
}
