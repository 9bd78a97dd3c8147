/** How much S-360 takes per member of a contact (s360.md §1.4: API types and import sizes; the smaller where they differ). */
import type { Contact, TooLongValue } from "@/lib/core/contact-side";

export interface ContactLimit {
  /** Path from the contact; `[]` stands for every item of a list. */
  readonly path: string;
  /** Characters. */
  readonly most: number;
  /** A phone is `33 / 0140158000`: only the part after the country's prefix counts, without separators. */
  readonly phone?: true;
}

export const contactLimits: readonly ContactLimit[] = [
  { path: "contactNumber", most: 20 },
  { path: "individualContact.individualFirstName", most: 100 },
  { path: "individualContact.individualLastName", most: 100 },
  { path: "addresses[].street1", most: 100 },
  { path: "addresses[].street2", most: 100 },
  { path: "addresses[].street3", most: 100 },
  { path: "addresses[].street4", most: 100 },
  { path: "addresses[].zipCode", most: 8 },
  { path: "addresses[].town", most: 20 },
  { path: "addresses[].countryCode", most: 8 },
  { path: "communicationMeans[].email", most: 250 },
  { path: "communicationMeans[].phone", most: 15, phone: true },
  { path: "communicationMeans[].cellularPhone", most: 15, phone: true },
  { path: "authorizations[].authorizationCode", most: 8 },
  { path: "contactConnections[].contactNumber", most: 20 },
];

/** Every text of the contact that S-360 would not take for its length; lengths as S-360's Java counts them, UTF-16. */
export function tooLong(contact: Contact): readonly TooLongValue[] {
  return contactLimits.flatMap(({ path, most, phone }) =>
    textsAt(contact, path.split("."), "").flatMap((found) => {
      const { length } = phone ? nationalPart(found.text) : found.text;
      return length > most ? [{ path: found.path, length, most }] : [];
    }),
  );
}

function textsAt(node: unknown, steps: readonly string[], path: string): { path: string; text: string }[] {
  const [step, ...rest] = steps;
  if (step === undefined) return typeof node === "string" ? [{ path, text: node }] : [];
  if (node === null || typeof node !== "object") return [];
  const name = step.replace("[]", "");
  const value: unknown = Reflect.get(node, name);
  const here = path === "" ? name : `${path}.${name}`;
  if (name === step) return textsAt(value, rest, here);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item, index) => textsAt(item, rest, `${here}[${index}]`));
}

/** Without a slash the prefix cannot be told; a whole number is 15 digits at most (ITU-T E.164), so it passes. */
function nationalPart(phone: string): string {
  const national = phone.includes("/")
    ? phone.slice(phone.indexOf("/") + 1)
    : phone.replace(/^\s*(\+|00)/, "");
  return national.replace(/[\s().-]/g, "");
}
