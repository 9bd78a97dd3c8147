/** The words of the names of one record, each with the one that takes its place. */
import { inCaseOf, madeName, type NameSort } from "./made-up-values";

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

  /** Names that stand in another text, and whether there were any. */
  mentions(text: string): { readonly text: string; readonly found: boolean } {
    let found = false;
    const replaced = text.replace(/[\p{L}\p{M}]+/gu, (word) => {
      const made = this.#inPlaceOf(word, text);
      found ||= made !== undefined;
      return made ?? word;
    });
    return { text: replaced, found };
  }

  /** Every word with a capital, and the names among the others. */
  replaceCapitals(text: string, nth: number): string {
    const known = this.mentions(text).text;
    const words = [...text.matchAll(/[\p{L}\p{M}]+/gu)].map(([word]) => word);
    let at = 0;
    return known.replace(/[\p{L}\p{M}]+/gu, (word) => {
      const before = words[at++];
      const isOther = word === before && /^\p{Lu}/u.test(word) && !common.has(folded(word));
      return isOther ? madeName(word, "last", nth + at) : word;
    });
  }

  #inPlaceOf(word: string, text: string): string | undefined {
    const key = folded(word);
    // Two letters by themselves are a code.
    if (key.length < 3 && text.trim().length === word.length) return undefined;
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
