/** People who edit contacts at random on both sides, and the book of what they did. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../stack";
import { fieldsOf, type Comparable, type TwoWayField } from "./fields";
import { editRow, postContact, readContact, readOrg, venueCalls, type Pair } from "./sides";

export interface Edit {
  readonly id: number;
  readonly key: string;
  readonly field: string;
  /** The Salesforce field. */
  readonly target: string;
  readonly side: "s360" | "salesforce";
  /** Milliseconds since 1970, before and after the edit was made. */
  readonly from: number;
  readonly until: number;
  /** What that side said before, where it was looked at. */
  readonly was?: Comparable;
  readonly value: Comparable;
  /** The operator's form and a save by API may have crossed: the form put back what the API had just written. */
  readonly crossed?: boolean;
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const pauseMs = 1_000;

export class Editor {
  readonly edits: Edit[] = [];
  readonly #stack: Stack;
  readonly #pairs: readonly Pair[];
  readonly #busy: readonly Pair[];
  #count = 0;

  constructor(stack: Stack, pairs: readonly Pair[]) {
    this.#stack = stack;
    this.#pairs = pairs;
    this.#busy = pairs.filter((_, nth) => nth % 20 === 0);
  }

  /**
   * Edits every 200 ms or so; one in seven is of the same field on both sides at once, and four in ten meet in a few busy
   * contacts.
   */
  async editUntil(endsAt: number): Promise<void> {
    while (Date.now() < endsAt) {
      const pair = pick(Math.random() < 0.4 ? this.#busy : this.#pairs);
      const field = pick(fieldsOf(pair.kind));
      const dice = Math.random();
      if (dice < 0.43) await this.inOrg(pair, field);
      else if (dice < 0.86) await this.inVenue(pair, field);
      else await Promise.all([this.inOrg(pair, field), this.inVenue(pair, field)]);
      await sleep(50 + Math.random() * 300);
    }
  }

  /** Null when the record says that already. */
  async inOrg(pair: Pair, field: TwoWayField): Promise<Edit | null> {
    const id = ++this.#count;
    const name = field.inOrg[pair.kind] ?? "";
    let entry = field.orgEntry(id, undefined);
    let was: Comparable | undefined;
    if (field.few || entry === null) {
      const present = (await readOrg(this.#stack)).get(pair.key)?.[name];
      entry = field.orgEntry(id, present);
      was = field.ofOrg(present);
      if (field.ofOrg(entry) === was) return null;
    }
    const from = Date.now();
    await editRow(this.#stack, pair, { [name]: entry });
    return this.#note({ id, pair, field, side: "salesforce", from, was, value: field.ofOrg(entry) });
  }

  /** Null when the contact says that already, or is just being written by API. */
  async inVenue(pair: Pair, field: TwoWayField): Promise<Edit | null> {
    const id = ++this.#count;
    const calls = `key=${pair.key}&limit=20`;
    const [last] = await venueCalls(this.#stack, calls);
    if (last && Date.now() - Date.parse(last.at) < pauseMs) return null;
    const contact = await readContact(this.#stack, pair.key);
    const changed = field.venueEntry(id, contact);
    const value = field.ofVenue(changed);
    const was = field.ofVenue(contact);
    if (value === was) return null;
    const from = Date.now();
    await postContact(this.#stack, changed);
    const crossed = (await venueCalls(this.#stack, calls)).some(
      (call) => call.id > (last?.id ?? 0) && call.method.startsWith("save"),
    );
    return this.#note({ id, pair, field, side: "s360", from, was, value, crossed });
  }

  #note({ pair, field, ...edit }: NewEdit): Edit {
    const noted = {
      ...edit,
      key: pair.key,
      field: field.name,
      target: field.inOrg[pair.kind] ?? "",
      until: Date.now(),
    };
    this.edits.push(noted);
    return noted;
  }
}

interface NewEdit extends Pick<Edit, "id" | "side" | "from" | "was" | "value" | "crossed"> {
  readonly pair: Pair;
  readonly field: TwoWayField;
}
