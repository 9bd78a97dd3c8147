/** What is made up, by what it takes the place of: the same for the same, and another for another, so that lists are as long as before. */

const tries = 24;
/** Prime to the length of every list of names, so that tries go through all of one. */
const step = 104_729;

export class Distinct {
  readonly #made = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(private readonly seed: number) {}

  known(key: string): string | undefined {
    return this.#made.get(key);
  }

  /** `further`: what is left where the shape has no room for one more; where that ends, two may become the same. */
  of(
    key: string,
    make: (nth: number) => string,
    further: (made: string) => Iterable<string> = () => [],
  ): string {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = this.#untaken(make, further);
    this.#made.set(key, made);
    this.#taken.add(made.toLowerCase());
    return made;
  }

  #untaken(make: (nth: number) => string, further: (made: string) => Iterable<string>): string {
    const nth = this.seed + this.#made.size;
    const first = make(nth);
    if (!this.#isTaken(first)) return first;
    for (let turn = 1; turn < tries; turn++) {
      const made = make(nth + turn * step);
      if (!this.#isTaken(made)) return made;
    }
    for (const made of further(first)) if (!this.#isTaken(made)) return made;
    return first;
  }

  #isTaken(made: string): boolean {
    return this.#taken.has(made.toLowerCase());
  }
}

/** The same number with all that its last two digits may be; leading zeros stay. */
export function* otherEndings(made: string): Iterable<string> {
  const first = made.search(/[1-9]/);
  const places = [...made.matchAll(/\d/g)]
    .map(({ index }) => index)
    .filter((at) => first >= 0 && at >= first);
  const [tens, ones] = places.length > 1 ? places.slice(-2) : [undefined, places[0]];
  if (ones === undefined) return;
  for (let count = 0; count < (tens === undefined ? 9 : 81); count++) {
    const characters = made.split("");
    characters[ones] = String((count % 9) + 1);
    if (tens !== undefined) characters[tens] = String(Math.floor(count / 9) + 1);
    yield characters.join("");
  }
}

/** One after the other, never the same again. */
export class Endless {
  #count = 0;

  *letters(made: string): Iterable<string> {
    for (;;) yield made + lettersOf(this.#count++);
  }

  *numbers(address: string): Iterable<string> {
    for (;;) yield address.replace("@", `${++this.#count}@`);
  }
}

function lettersOf(count: number): string {
  const letter = String.fromCharCode(97 + (count % 26));
  return count < 26 ? letter : lettersOf(Math.floor(count / 26) - 1) + letter;
}
