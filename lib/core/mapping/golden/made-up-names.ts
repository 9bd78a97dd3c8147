/** The words of the names of one record, each with the one that takes its place. */
import { inCaseOf, madeName, madeText, type NameSort } from "./made-up-values";

/** They are in many names and are nobody's. */
const common: ReadonlySet<string> = new Set(
  "von van vom zu zum zur de der den des di da du del della la le les los el und et and the of ag sa gmbh ltd inc sarl srl".split(
    " ",
  ),
);

/** Long enough to be known in a word that has it at its beginning or end. */
const tellingLength = 5;

export class Names {
  readonly #made = new Map<string, string>();
  /** Of names only: words of streets and towns are ordinary words. */
  readonly #mentioned = new Map<string, string>();
  /** Of words that are no name that is known. */
  readonly #spelled = new Map<string, string>();

  /** Word by word, the same word always by the same one. */
  replace(value: string, sort: NameSort, nth: number): string {
    let word = nth;
    const isOneWord = !/\s/.test(value.trim());
    return value.replace(/\p{L}[\p{L}\p{M}'’]*|\d+/gu, (part) => {
      word++;
      if (/^\d/.test(part)) return madeName(part, sort, word);
      const key = folded(part);
      if (common.has(key) && !isOneWord) return part;
      const made = this.#made.get(key) ?? madeName(part, sort, word);
      this.#made.set(key, made);
      if (sort === "first" || sort === "last") this.#mention(part, made);
      return inCaseOf(part, made);
    });
  }

  #mention(part: string, made: string): void {
    for (const piece of part.split(/['’]/)) {
      if (piece.length < 2) continue;
      this.#mentioned.set(folded(piece), made);
      this.#mentioned.set(spelledOut(piece), made);
    }
  }

  /** The text with others in place of names that stand in it. */
  mentions(text: string): string {
    return text.replace(/[\p{L}\p{M}]+/gu, (word) => this.#inPlaceOf(word) ?? word);
  }

  /** A word of any text: the other name where it is one, else other letters; the same word always by the same one. */
  wordFor(word: string, nth: number): string {
    const name = this.#inPlaceOf(word);
    if (name !== undefined) return name;
    const key = word.toLowerCase();
    const made = this.#spelled.get(key) ?? madeText(key, nth + this.#spelled.size);
    this.#spelled.set(key, made);
    if (word !== key && word === word.toUpperCase()) return made.toUpperCase();
    return word.charAt(0) === key.charAt(0) ? made : made.charAt(0).toUpperCase() + made.slice(1);
  }

  #inPlaceOf(word: string): string | undefined {
    const key = folded(word);
    const made = this.#mentioned.get(key);
    if (made !== undefined) return fitting(word, made);
    if (key.length !== word.length) return undefined;
    for (const [name, other] of this.#mentioned) {
      if (name.length < tellingLength) continue;
      const { length } = name;
      if (key.startsWith(name)) return fitting(word.slice(0, length), other) + word.slice(length);
      if (key.endsWith(name)) return word.slice(0, -length) + fitting(word.slice(-length), other);
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
