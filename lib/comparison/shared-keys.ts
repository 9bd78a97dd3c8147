import type { Told } from "@/lib/core/mapping/comparison";
import type { LinkWork } from "@/lib/sync/work";

/**
 * Records that a draft gives one key: Salesforce would take them for one, or refuse the later. Over a whole comparison.
 * External ids compare without case there (default-mappings.md, last section).
 */
export class SharedKeys {
  /** By key: the record that had it first. */
  readonly #owners = new Map<string, LinkWork["record"]>();

  /** Why the record would fail; undefined when no record before it has its key. */
  take({ key, record }: LinkWork): Told | undefined {
    const name = key.toLowerCase();
    const owner = this.#owners.get(name) ?? record;
    this.#owners.set(name, owner);
    if (owner.id === record.id) return undefined;
    const sentence = `The draft gives it the key ${key}, and ${owner.family} ${owner.key} has that key too: the two would become one record in Salesforce.`;
    return { outcome: "failed", sentence };
  }
}
