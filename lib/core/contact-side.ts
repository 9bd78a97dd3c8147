/**
 * What the engine asks of S-360's contact service, in our words. The S-360 adapter implements it; tests need only an
 * object. Contacts travel as S-360 words them (s360.md §1.4): mappings are written over those very names.
 */
import type { ContactKind } from "./words";

/** A contact as S-360 words it: `contactNumber`, `individualContact`, `addresses` … */
export type Contact = Readonly<Record<string, unknown>>;

/**
 * Called when a call's turn has come, right before it is sent: waiting may have taken so long that others see to it by now.
 * What it throws is thrown, and nothing is sent.
 */
export type BeforeSending = () => Promise<void>;

/** What S-360 tells of orders when it is asked. */
export interface OrderReader {
  /** The order in full, as its webhook words it; null when S-360 knows no such id. One outward call; throws FaultError. */
  readOrder(
    orderId: string,
    options?: Pick<ReadOptions, "before">,
  ): Promise<Readonly<Record<string, unknown>> | null>;
}

/** What contacts and orders are asked of. */
export type S360Reader = Pick<ContactSide, "read"> & OrderReader;

/** What a contact is looked for by; S-360 compares each that is given. */
export interface ContactQuery {
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** A structure's official name. */
  readonly officialName?: string;
}

/** What S-360 answered a save with. */
export interface SavedContact {
  readonly contactNumber: string;
  /** The contact as S-360 stored it; null where it answers with no more than the number (s360.md §8.17). */
  readonly contact: Contact | null;
}

export interface TooLongValue {
  /** `addresses[1].town` */
  readonly path: string;
  /** Characters. */
  readonly length: number;
  readonly most: number;
}

export interface ReadOptions {
  /**
   * A save of this contact follows: both calls are paid for before the read, so that the save need not wait while
   * somebody edits the contact in S-360. Unused, what was paid for the save lapses after five seconds.
   */
  readonly thenSave?: boolean;
  readonly before?: BeforeSending;
}

/** A method is one outward call, unless it says no call, and throws FaultError; `answer_lost` where it may have taken effect. */
export interface ContactSide {
  /** The contact in full; null when S-360 knows no such number. */
  read(contactNumber: string, options?: ReadOptions): Promise<Contact | null>;
  /**
   * Creates the contact when it has no `contactNumber`; otherwise it replaces the sections that are present. `sections`:
   * the top-level keys that changed; a venue where S-360 keeps what is absent is sent no others (s360.md §8.17).
   */
  save(
    kind: ContactKind,
    contact: Contact,
    sections?: readonly string[],
    before?: BeforeSending,
  ): Promise<SavedContact>;
  /** What a new contact of a kind starts with, a relay with the structure it acts for; no call. */
  blank(kind: ContactKind, structureNumber: string | null): Contact;
  /** What a contact can be looked for by; null when it has neither a name nor an e-mail. No call. */
  queryFor(contact: Contact): ContactQuery | null;
  /** Values that S-360 would not take for their length; no call. */
  tooLong(contact: Contact): readonly TooLongValue[];
  /** The contact with a criterion set, ready to be saved; no call. */
  marked(contact: Contact, criterion: string): Contact;
  /** Contacts that match everything in the query. */
  search(query: ContactQuery): Promise<readonly Contact[]>;
}
