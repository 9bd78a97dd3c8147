/** S-360's contacts in a few lines for tests of the engine: it keeps what it is given and counts the calls. */
import type {
  BeforeSending,
  Contact,
  ContactQuery,
  ContactSide,
  ReadOptions,
  SavedContact,
} from "@/lib/core/contact-side";
import type { ContactKind } from "@/lib/core/words";
import { queryFor } from "@/lib/s360/contact-query";
import { tooLong } from "@/lib/s360/limits";
import { newContact } from "@/lib/s360/new-contact";

export class FakeVenue implements ContactSide {
  readonly contacts = new Map<string, Contact>();
  /** Every saved contact, in order. */
  readonly saves: Contact[] = [];
  /** What each of them was told to have changed; undefined: not told. */
  readonly savedSections: (readonly string[] | undefined)[] = [];
  reads = 0;
  /** Those of the reads that announced a save. */
  readsThenSave = 0;
  searches = 0;
  /** What happens while a save waits for its turn. */
  beforeSave: () => Promise<void> = async () => undefined;
  /** Thrown by the next calls while set. */
  outage: Error | null = null;
  /** Loses the answer of the next save after it was done. */
  loseAnswer: Error | null = null;
  /** What is stored of what was sent. */
  reformat: (contact: Contact) => Contact = (contact) => contact;
  /** Answers with no more than the number. */
  terse = false;
  private made = 0;

  readonly blank = newContact;
  readonly queryFor = queryFor;
  readonly tooLong = tooLong;

  async read(contactNumber: string, options?: ReadOptions): Promise<Contact | null> {
    this.reads++;
    if (options?.thenSave) this.readsThenSave++;
    if (this.outage) throw this.outage;
    await options?.before?.();
    return this.get(contactNumber) ?? null;
  }

  async save(
    _kind: ContactKind,
    contact: Contact,
    sections?: readonly string[],
    before?: BeforeSending,
  ): Promise<SavedContact> {
    if (this.outage) throw this.outage;
    await this.beforeSave();
    await before?.();
    this.saves.push(contact);
    this.savedSections.push(sections);
    const contactNumber =
      typeof contact["contactNumber"] === "string" ? contact["contactNumber"] : `N${++this.made}`;
    const stored = this.reformat({ ...this.get(contactNumber), ...contact, contactNumber });
    this.put(stored);
    if (this.loseAnswer) {
      const lost = this.loseAnswer;
      this.loseAnswer = null;
      throw lost;
    }
    return { contactNumber, contact: this.terse ? null : stored };
  }

  async search(query: ContactQuery): Promise<readonly Contact[]> {
    this.searches++;
    if (this.outage) throw this.outage;
    return [...this.contacts.values()].filter((contact) => {
      const mine = queryFor(contact);
      return mine !== null && JSON.stringify(mine) === JSON.stringify(query);
    });
  }

  marked(contact: Contact, criterion: string): Contact {
    return { ...contact, contactCriteria: [{ code: criterion, value: "true" }] };
  }

  /** As when the box office makes or changes a contact. */
  put(contact: Contact): void {
    this.contacts.set(String(contact["contactNumber"]).toLowerCase(), contact);
  }

  get(contactNumber: string): Contact | undefined {
    return this.contacts.get(contactNumber.toLowerCase());
  }
}
