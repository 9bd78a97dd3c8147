/** The words of one record, each with the one that takes its place. Of names it is a name. */
import { Distinct, Endless } from "./made-up-distinct";
import { replaced, type Pace, type Turns } from "./made-up-turns";
import { inCaseOf, madeName, madeText, type NameSort } from "./made-up-values";

/** They are in many names and are nobody's. */
const common: ReadonlySet<string> = new Set(
  "von van vom zu zum zur de der den des di da du del della la le les los el und et and the of ag sa gmbh ltd inc sarl srl".split(
    " ",
  ),
);

/** Long enough to be known in a word that has it at its beginning or end; what is longer is no name. */
const tellingLength = 5;
const longestName = 40;

export class Names {
  readonly #words: Distinct;
  readonly #longer = new Endless();
  /** Of names only: words of streets and towns are ordinary words. */
  readonly #mentioned = new Map<string, string>();
  /** Lengths of those that tell themselves within a word, the longest first. */
  #lengths: readonly number[] = [];

  constructor(
    seed: number,
    private readonly pace: Pace,
    private readonly digits: (part: string) => string,
  ) {
    this.#words = new Distinct(seed);
  }

  /** Word by word, the same word always by the same one. */
  replace(value: string, sort: NameSort): Turns<string> {
    const isOneWord = !/\s/.test(value.trim());
    const make = ([part]: RegExpExecArray) => {
      if (/^\d/.test(part)) return this.digits(part);
      const key = folded(part);
      if (common.has(key) && !isOneWord) return part;
      const made = this.#word(`name ${key}`, (nth) => madeName(part, sort, nth));
      if (sort === "first" || sort === "last") this.#mention(part, made);
      return inCaseOf(part, made);
    };
    return replaced(value, /\p{L}[\p{L}\p{M}'’]*|\d+/gu, make, this.pace);
  }

  #word(key: string, make: (nth: number) => string): string {
    return this.#words.of(key, make, (made) => this.#longer.letters(made));
  }

  #mention(part: string, made: string): void {
    for (const piece of part.split(/['’]/)) {
      if (piece.length < 2) continue;
      for (const name of [folded(piece), spelledOut(piece)]) {
        this.#mentioned.set(name, made);
        const { length } = name;
        if (length < tellingLength || length > longestName || this.#lengths.includes(length)) continue;
        this.#lengths = [...this.#lengths, length].sort((a, b) => b - a);
      }
    }
  }

  /** The text with others in place of names that stand in it. */
  mentions(text: string): Turns<string> {
    return replaced(text, /[\p{L}\p{M}]+/gu, ([word]) => this.#inPlaceOf(word) ?? word, this.pace);
  }

  /** A word of any text: the other name where it is one, else other letters; the same word always by the same one. */
  wordFor(word: string): string {
    const name = this.#inPlaceOf(word);
    if (name !== undefined) return name;
    const key = word.toLowerCase();
    const made = this.#word(`word ${key}`, (nth) => madeText(key, nth));
    if (word !== key && word === word.toUpperCase()) return made.toUpperCase();
    return word.charAt(0) === key.charAt(0) ? made : made.charAt(0).toUpperCase() + made.slice(1);
  }

  /** Looked up by length rather than name by name: there may be as many names as words. */
  #inPlaceOf(word: string): string | undefined {
    const key = folded(word);
    const made = this.#mentioned.get(key);
    if (made !== undefined) return fitting(word, made);
    if (key.length !== word.length) return undefined;
    for (const length of this.#lengths) {
      if (length >= word.length) continue;
      const begin = this.#mentioned.get(key.slice(0, length));
      if (begin !== undefined) return fitting(word.slice(0, length), begin) + word.slice(length);
      const end = this.#mentioned.get(key.slice(-length));
      if (end !== undefined) return word.slice(0, -length) + fitting(word.slice(-length), end);
    }
    return undefined;
  }
}

function fitting(model: string, made: string): string {
  const plain = /[^\x00-\x7f]/.test(model) ? made : made.normalize("NFD").replace(/\p{M}/gu, "");
  return inCaseOf(model, plain);
}

function folded(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** As umlauts are written where there are none. */
function spelledOut(word: string): string {
  return folded(
    word.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss"),
  );
}
