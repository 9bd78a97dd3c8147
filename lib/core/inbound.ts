/** What an adapter makes of one item that the other system sent, before anything is stored. */
import type { Fault } from "./faults";
import type { Family, Kind } from "./words";

/** A part of an item that belongs to one record: its sections are folded into the record's source state. */
export interface InboundRecord {
  readonly family: Family;
  readonly key: string;
  readonly sections: Readonly<Record<string, unknown>>;
  /** The record it belongs under, from the same item: an operation's order. */
  readonly parent?: { readonly family: Family; readonly key: string };
}

/** What S-360 names without saying more of it. */
export interface NamedThing {
  readonly family: "contact" | "order";
  /** As S-360 spells it. */
  readonly key: string;
}

export interface InboundItem {
  /** The item's own text. */
  readonly raw: string;
  /** What had to be done to read it. */
  readonly note: string | null;
  readonly records: readonly InboundRecord[];
  /** Set when the item, or a part of it, can never be used. */
  readonly fault: Fault | null;
  /** Set when the item is a number and nothing else: S-360 is to be asked for what it names. */
  readonly named?: NamedThing;
}

/** What can be told of a record from its source state. */
export interface Portrait {
  readonly kind: Kind | null;
  readonly contactId: string | null;
  readonly label: string | null;
  /** When the other system made it, as it says; null where it does not, or with its parent. */
  readonly madeAt: string | null;
  /** Lower-cased words an admin may search by: e-mails, names. */
  readonly searchTerms: readonly string[];
}

export type Portray = (family: Family, state: Readonly<Record<string, unknown>>) => Portrait;
