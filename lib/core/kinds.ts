import { lanes, type Family, type Kind, type Lane, type Stream } from "./words";

export interface KindRow {
  readonly family: Family;
  readonly stream: Stream;
  readonly lane: Lane;
  /** The singular an admin says. */
  readonly label: string;
  /** Whether records of this kind are written themselves; an order only lends its state to its operations. */
  readonly written: boolean;
}

/** What the pipeline needs to know of a kind, so that it never asks "is it an order?". */
export const kindTable: Readonly<Record<Kind, KindRow>> = {
  individual: {
    family: "contact",
    stream: "contacts-in",
    lane: lanes.liveContacts,
    label: "Individual",
    written: true,
  },
  relay: {
    family: "contact",
    stream: "contacts-in",
    lane: lanes.liveContacts,
    label: "Relay",
    written: true,
  },
  structure: {
    family: "contact",
    stream: "contacts-in",
    lane: lanes.liveContacts,
    label: "Structure",
    written: true,
  },
  order: { family: "order", stream: "orders-in", lane: lanes.liveOrders, label: "Order", written: false },
  operation: {
    family: "operation",
    stream: "orders-in",
    lane: lanes.liveOrders,
    label: "Operation",
    written: true,
  },
};
