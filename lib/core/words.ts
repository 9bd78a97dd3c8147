/**
 * The words of the connector. One word per concept, in code, tables, URLs and screens.
 *
 * institution  an S-360 tenant, known by its code
 * connection   one institution paired with one Salesforce org
 * stream       one direction of one kind of data
 * event        one item as it arrived: the raw JSON of one contact or one order
 * record       one thing in one connection, keyed by (connection, family, S-360 key)
 * link         record × mapping → one Salesforce object and id
 * source state what a side last told us, events folded: a section is a top-level key, replaced whole when present
 * base         per link and target field: the last value both sides agreed on, canonical
 * mapping      kind → Salesforce object, made of field mappings; one draft, immutable published versions
 * attempt      one try to write one record
 * fault        a failure with a stable code, saying when to retry and who must act
 * review       something only a person can settle, with the choices they have
 * change feed  what people changed in Salesforce, read by polling
 * waiting      parked until another record is linked
 * import       a period in which S-360 sends again what it has had for long; its records are held until their turn
 * hold         the record is failed, not retried, and evaluated again on a new event, mapping or value map
 */

/** What a key counts within: S-360 contact numbers, order ids and operation ids are three name spaces. */
export const families = ["contact", "order", "operation"] as const;
export type Family = (typeof families)[number];

/** What a record is now; unlike its family this can change (a relay can become an individual). */
export const kinds = ["individual", "relay", "structure", "order", "operation"] as const;
export type Kind = (typeof kinds)[number];

/** The kinds of the contact family: what S-360's contact service reads and saves. */
export const contactKinds = ["individual", "relay", "structure"] as const satisfies readonly Kind[];
export type ContactKind = (typeof contactKinds)[number];

/** `in`: S-360 → Salesforce. `out`: Salesforce → S-360. */
export type Direction = "in" | "out";

/** The system that records of a direction are written to. */
export const writtenTo = { in: "salesforce", out: "s360" } as const satisfies Record<Direction, System>;

/** The systems that have to answer for a direction to go on: what goes back is described by Salesforce. */
export const neededBy = {
  in: ["salesforce"],
  out: ["s360", "salesforce"],
} as const satisfies Record<Direction, readonly System[]>;

export const streams = ["contacts-in", "orders-in", "contacts-out"] as const;
export type Stream = (typeof streams)[number];

/** Where a record stands in one direction. */
export const recordStates = [
  "idle",
  "pending",
  "retrying",
  "waiting",
  /** Of an initial import that has not come to it: stored, and not written before its turn. */
  "held",
  "failed",
  "review",
  "ignored",
] as const;
export type RecordState = (typeof recordStates)[number];

/** Worst first. */
export const statesByGravity = [
  "failed",
  "review",
  "waiting",
  "retrying",
  "pending",
  "held",
  "idle",
  "ignored",
] as const satisfies readonly RecordState[];

/** Where records stand that a re-processing came to and did not get through. */
export const notThroughStates = ["failed", "review", "retrying"] as const satisfies readonly RecordState[];

/** The two systems between which records travel. */
export type System = "salesforce" | "s360";

/** How an event ended; what has not ended yet is shown by its record's state. */
export type Outcome = "synced" | "unchanged" | "echo" | "superseded" | "failed" | "ignored" | "review";

/** Every word an admin can meet as the fate of an item. */
export type Fate = Outcome | "pending" | "waiting" | "retrying" | "held";

export type AttemptOutcome =
  | "created"
  | "updated"
  | "adopted"
  /** Both sides had changed, and the other side's value stayed. */
  | "yielded"
  /** Merged in Salesforce with another record, which writes from now on. */
  | "merged"
  | "failed"
  | "retrying"
  | "waiting"
  | "review";

/** Priority of a record's most urgent unsynced cause: lower goes first. */
export const lanes = { liveOrders: 0, liveContacts: 1, replay: 2, backfill: 3, reconciliation: 4 } as const;
/** How many records of a lane are taken for one of the least urgent, when all have work: none ever starves. */
export const laneWeights: readonly number[] = [16, 16, 4, 2, 1];

export type Lane = (typeof lanes)[keyof typeof lanes];
/** The most urgent first. */
export const allLanes: readonly Lane[] = Object.values(lanes);

/** A census counts the records whose result a newly published version changes. */
export type CensusState = "running" | "paused" | "cancelled" | "failed" | "done";

/** States of a re-processing that can be steered: a mapping has one such at most (drizzle/mappings.ts). */
export const steerableReprocessStates = ["running", "paused"] as const;
/** Of one that is not over. While it is cancelled, workers finish what they have in hand; the next may begin beside it. */
export const openReprocessStates = [...steerableReprocessStates, "cancelling"] as const;
export type ReprocessState = (typeof openReprocessStates)[number] | "done" | "cancelled";
