/** What a member holds, told from its name: those that S-360 uses (s360.md §1.4, §2), and those that venues use for people, in their languages. */
import type { NameSort } from "./made-up-values";

/** `box`: digits are replaced, words stay. */
export type Sort = NameSort | "mail" | "phone" | "number" | "box" | "birthday" | "postcode";

/** Without case and accents; the whole name unless it says otherwise. The first that fits counts. */
const sorts: readonly (readonly [RegExp, Sort])[] = [
  [
    whole(
      "(individual|given|middle|second)?_?first_?name|(fore|middle|given|second)_?name|prenom|vor_?name|ruf_?name|nome|nombre",
    ),
    "first",
  ],
  [
    ends(
      "(last|family|maiden|birth|sur|full|official|contact|holder|company|legal|owner|partner)_?name\\d*|addressname\\d*|" +
        "(nach|familien|geburts|firmen)_?name|cognome|apellidos?|nom_?(de_?famille)?",
    ),
    "last",
  ],
  [
    whole(
      "name|addressee|recipient|attention|care_?of|(account|card)?_?(holder|owner)|beneficiary|guardian|partner|spouse|" +
        "company|employer|signature|login|user_?name|nick_?name|pseudo(nym)?|firma|azienda|empresa|societe|ragione_?sociale",
    ),
    "last",
  ],
  [/e?-?mail|correo|courriel/i, "mail"],
  [/phone|mobile|(^|tele)fax|telefono?|telefon|handy|cellulare|movil|portable/i, "phone"],
  [/birth|geburt|nascita|nacimiento|naissance/i, "birthday"],
  [
    whole(
      "street\\d*|addressline\\d*|line\\d*|formattedaddress|(full|postal)?_?address\\d*|" +
        "strasse\\d*|adresse\\d*|indirizzo\\d*|via|calle\\d*|direccion\\d*|rue\\d*",
    ),
    "street",
  ],
  [whole("town|city|locality|ort|stadt|citta|comune|ciudad|ville"), "town"],
  [whole("(zip|postal|post)_?(code)?|plz|postleitzahl|cap|codigo_?postal|code_?postal"), "postcode"],
  [whole("(po|post|postal)_?box|case_?postale|postfach|casella_?postale"), "box"],
  [ends("contact_?(number|id|reference|addressid)"), "number"],
  [whole("communicationmeanid|(order|operation|file|ticket|movement)(secret)?id"), "number"],
  [
    /vat_?number|iban|bank_?account|account_?(number|no)$|passport|barcode|card_?(number|no)$|identity_?card|^id_?card/i,
    "number",
  ],
  [whole("siret?n?|ssn|ahv|avs|bic|(tax|national|social_?security)_?(number|id|no)"), "number"],
  [whole("codice_?fiscale|partita_?iva|dni|nie|nif|(steuer|ausweis|konto)_?(nummer|nr)"), "number"],
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

/** Undefined: nothing is known of it, and its text is anything. */
export function sortOf(name: string): Sort | undefined {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/ß/g, "ss")
    .replace(/[\s-]+/g, "_");
  return sorts.find(([pattern]) => pattern.test(plain))?.[1];
}
