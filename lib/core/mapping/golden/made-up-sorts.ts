/** What a member holds, told from its name: those that S-360 uses (s360.md §1.4, §2), and those that venues use for people. */
import type { NameSort } from "./made-up-values";
import { sourceModel, type SourceMember, type SourceType } from "../source-model";

/** `box`: digits are replaced, words stay. */
export type Sort = NameSort | "mail" | "phone" | "number" | "box" | "birthday" | "postcode" | "prose";

/** Without case; the whole name unless it says otherwise. The first that fits counts. */
const sorts: readonly (readonly [RegExp, Sort])[] = [
  [whole("(individual|given|middle|second)?_?first_?name|(fore|middle|given|second)_?name|prenom"), "first"],
  [
    ends(
      "(last|family|maiden|birth|sur|full|official|contact|holder|company|legal|owner|partner)_?name\\d*|addressname\\d*",
    ),
    "last",
  ],
  [
    whole(
      "name|addressee|recipient|attention|care_?of|(account|card)?_?(holder|owner)|beneficiary|guardian|partner|spouse|" +
        "company|employer|signature|login|user_?name|nick_?name|pseudo(nym)?",
    ),
    "last",
  ],
  [/e?-?mail/i, "mail"],
  [/phone|mobile|(^|tele)fax/i, "phone"],
  [/birth/i, "birthday"],
  [whole("street\\d*|addressline\\d*|line\\d*|formattedaddress|(full|postal)?_?address\\d*"), "street"],
  [whole("town|city|locality"), "town"],
  [whole("(zip|postal|post)_?(code)?"), "postcode"],
  [whole("(po|post|postal)_?box|case_?postale|postfach"), "box"],
  [whole("(remark|comment|note|description|message|memo)s?"), "prose"],
  [ends("contact_?(number|id|reference|addressid)"), "number"],
  [whole("communicationmeanid|(order|operation|file|ticket|movement)(secret)?id"), "number"],
  [
    /vat_?number|iban|bank_?account|account_?(number|no)$|passport|barcode|card_?(number|no)$|identity_?card|^id_?card/i,
    "number",
  ],
  [whole("siret?n?|ssn|ahv|avs|bic|(tax|national|social_?security)_?(number|id|no)"), "number"],
  [/licen[cs]e_?(plate|number)|number_?plate/i, "number"],
  // The first digits tell the region.
  [whole("lat|lng|lon|latitude|longitude"), "phone"],
];

function whole(names: string): RegExp {
  return new RegExp(`^(${names})$`, "i");
}

function ends(names: string): RegExp {
  return new RegExp(`(${names})$`, "i");
}

export function sortOf(name: string): Sort | undefined {
  return sorts.find(([pattern]) => pattern.test(name))?.[1];
}

const documented: ReadonlyMap<string, SourceType | null> = new Map(
  membersIn([...sourceModel("individual"), ...sourceModel("operation")]),
);

function membersIn(members: readonly SourceMember[]): (readonly [string, SourceType | null])[] {
  return members.flatMap((member) => [[member.name, member.type] as const, ...membersIn(member.members)]);
}

/** S-360's documentation knows the name. */
export function isDocumented(name: string): boolean {
  return documented.has(name);
}

/** What lines choose and look up by: a name that stands there is a coincidence. */
export function isCode(name: string): boolean {
  return (
    documented.get(name) === "code" ||
    /(code|type|state|status|role|kind|rating)$|^(title|gender|sex)$|language|country|nationality|currency/i.test(
      name,
    )
  );
}

const counted: ReadonlySet<SourceType | null> = new Set(["number", "money", "date", "dateTime", "boolean"]);

/** Numbers of things and times, however long. */
export function isPlainNumber(name: string): boolean {
  if (counted.has(documented.get(name) ?? null)) return true;
  const things = "id|ids|date|time|amount|price|total|quantity|count|version";
  return (
    new RegExp(`(^|_)(${things})$`, "i").test(name) ||
    /[a-z\d](Ids?|Date|Time|At|On|Amount|Price|Total|Quantity|Count|Version)$/.test(name)
  );
}
