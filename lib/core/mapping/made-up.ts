/**
 * A real record made nobody's: names, e-mails, phones, addresses, birth dates and numbers of people replaced by values of
 * the same shape, the same value always by the same one, so that a mapping behaves as before. Pure. It knows the names that
 * S-360 uses (s360.md §1.4, §2); what a venue calls its own is for a person to look at.
 */
import { madeDate, madeDigits, madeMail, madeName, madeText, type NameSort } from "./made-up-values";

export interface Replacement {
  /** `addresses[0].street1` */
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export interface MadeUp {
  readonly source: unknown;
  /** In the order of the source. */
  readonly replacements: readonly Replacement[];
}

type Sort = NameSort | "mail" | "phone" | "number" | "birthday" | "postcode" | "prose";

/** By the member's name, without case. The first that fits counts. */
const sorts: readonly (readonly [RegExp, Sort])[] = [
  [/^(individual)?first_?name$|^prenom$/i, "first"],
  [/(^name|last_?name|officialname|addressname\d*|contactname|fullname|holdername)$/i, "last"],
  [/e?-?mail/i, "mail"],
  [/phone|mobile|(^|tele)fax/i, "phone"],
  [/birth/i, "birthday"],
  [/^(street|addressline|line)\d*$/i, "street"],
  [/^(town|city)$/i, "town"],
  [/^(zip|postal|post)_?code$/i, "postcode"],
  [/^(remark|comment|note|description|message|memo)s?$/i, "prose"],
  [
    /contact_?(number|id|reference|addressid)$|^communicationmeanid$|^(order|operation|file|ticket|movement)(secret)?id$/i,
    "number",
  ],
  [/vat_?number|iban|passport|barcode|card_?number|^siret?n?$/i, "number"],
];

const mail = /[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,]+/;

/** `seed` decides which values are made up; the same seed gives the same. */
export function makeUp(source: unknown, seed: number): MadeUp {
  const maker = new Maker(seed);
  // Names first: a name may stand in texts before the member that tells it is a name.
  maker.walk(source, "", "");
  maker.begin();
  return { source: maker.walk(source, "", ""), replacements: maker.replacements };
}

class Maker {
  readonly replacements: Replacement[] = [];
  readonly #made = new Map<string, string | number>();
  readonly #names = new Map<string, string>();

  constructor(private readonly seed: number) {}

  begin(): void {
    this.replacements.length = 0;
  }

  walk(value: unknown, name: string, path: string): unknown {
    if (Array.isArray(value)) return value.map((item, nth) => this.walk(item, name, `${path}[${nth}]`));
    if (typeof value === "object" && value !== null) {
      const members = Object.entries(value).map(([key, inner]): [string, unknown] => [
        key,
        this.walk(inner, key, path === "" ? key : `${path}.${key}`),
      ]);
      return Object.fromEntries(members);
    }
    if (typeof value !== "string" && typeof value !== "number") return value;
    const made = this.#replace(value, name);
    if (made !== value) this.replacements.push({ path, from: String(value), to: String(made) });
    return made;
  }

  #replace(value: string | number, name: string): string | number {
    const sort = sorts.find(([pattern]) => pattern.test(name))?.[1];
    if (typeof value === "number") return sort === "number" ? this.#number(value) : value;
    if (value.trim() === "") return value;
    if (sort === undefined) return mail.test(value) ? this.#mails(value) : this.#mentions(value);
    return this.#text(value, sort);
  }

  #number(value: number): number {
    const made = Number(this.#text(String(value), "number"));
    return Number.isSafeInteger(made) ? made : value;
  }

  #text(value: string, sort: Sort): string {
    const known = `${sort} ${value.toLowerCase()}`;
    const made = this.#made.get(known) ?? this.#make(value, sort);
    this.#made.set(known, made);
    return String(made);
  }

  #make(value: string, sort: Sort): string {
    const nth = this.seed + this.#made.size;
    switch (sort) {
      case "first":
      case "last": {
        const made = madeName(value, sort, nth);
        if (value.trim().length >= 3) this.#names.set(value.trim().toLowerCase(), made);
        return made;
      }
      case "street":
      case "town":
        return madeName(value, sort, nth);
      case "mail":
        return mail.test(value) ? this.#mails(value) : madeText(value, nth);
      case "phone":
        return madeDigits(value, nth, 6);
      case "number":
      case "postcode":
        return madeDigits(value, nth);
      case "birthday":
        return madeDate(value, nth);
      case "prose":
        return madeText(value, nth);
    }
  }

  #mails(value: string): string {
    return value.replace(new RegExp(mail, "g"), (address) => {
      const known = `address ${address.toLowerCase()}`;
      const made = this.#made.get(known) ?? madeMail(address, this.seed + this.#made.size);
      this.#made.set(known, made);
      return String(made);
    });
  }

  /** A name that stands in another text. */
  #mentions(value: string): string {
    let text = value;
    for (const [name, made] of this.#names) {
      const at = text.toLowerCase().indexOf(name);
      if (at < 0 || isLetter(text[at - 1]) || isLetter(text[at + name.length])) continue;
      text = text.slice(0, at) + made + text.slice(at + name.length);
    }
    return text;
  }
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character);
}
