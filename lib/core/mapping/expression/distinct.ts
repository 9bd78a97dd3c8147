/**
 * `$distinct` in one pass. jsonata compares each value with all before it, member by member: seconds for a list of wide
 * objects (jsonata.js, functions.js "distinct").
 */

/** What jsonata takes for equal (utils.js "isDeepEqual") has the same number; NaN equals nothing, not even itself. */
class Identities {
  readonly #numbers = new Map<unknown, number>();
  /** By what a group is made of. A map of its own, so that no text can be taken for a group. */
  readonly #groups = new Map<string, number>();
  readonly #known = new Map<object, number>();
  #last = 0;

  of(value: unknown): number {
    if (Number.isNaN(value)) return ++this.#last;
    if (!isGroup(value)) return this.#numberIn(this.#numbers, value);
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const made = this.#numberIn(this.#groups, this.#partsOf(value));
    this.#known.set(value, made);
    return made;
  }

  #partsOf(group: object): string {
    if (Array.isArray(group)) return `[${group.map((item) => this.of(item)).join()}]`;
    // By number: groups of one kind have their names in one order, which costs nothing to sort.
    const members = Object.entries(group).map(([name, item]) => [this.of(name), this.of(item)] as const);
    return `{${members.sort(([a], [b]) => a - b).join(";")}}`;
  }

  #numberIn<K>(numbers: Map<K, number>, key: K): number {
    const made = numbers.get(key) ?? ++this.#last;
    numbers.set(key, made);
    return made;
  }
}

/** Functions, which jsonata keeps in objects of its own, are themselves and nothing else. */
function isGroup(value: unknown): value is object {
  const isFunction = (given: object) => "_jsonata_function" in given || "_jsonata_lambda" in given;
  return typeof value === "object" && value !== null && !isFunction(value);
}

/** The first of all that are equal, in their order. Before each value it waits for its turn. */
export async function distinct(
  list: readonly unknown[],
  turn: () => Promise<void> | undefined,
): Promise<readonly unknown[]> {
  const identities = new Identities();
  const firsts = new Map<number, unknown>();
  for (const value of list) {
    const others = turn();
    if (others) await others;
    const identity = identities.of(value);
    if (!firsts.has(identity)) firsts.set(identity, value);
  }
  return [...firsts.values()];
}
