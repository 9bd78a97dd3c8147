import { isObject, objectsOf, textOf, type Json, type JsonObject } from "../venue/json";
import { contactKind } from "../venue/venue";
import { html, type Html } from "./html";
import { firstMeans, mainAddressOf } from "./search";

const addressFields = {
  street1: "Street",
  street2: "Street, second line",
  zipCode: "Zip code",
  town: "Town",
  countryCode: "Country (two letters)",
};
const personFields = { individualFirstName: "First name", individualLastName: "Last name" };
const meansFields = { email: "E-mail", cellularPhone: "Mobile (41 / 079…)", phone: "Phone" };
const titles = ["MR", "MRS", "MISS", "MR_AND_MRS", "UNDEFINED"];

/** The fields that an operator can change here; what else a contact has stays as it is. */
export function contactFields(contact: JsonObject): Html {
  const person = isObject(contact.individualContact) ? contact.individualContact : {};
  const structure = isObject(contact.structureContact) ? contact.structureContact : {};
  const address = mainAddressOf(contact) ?? {};
  const named = (fields: Record<string, string>, value: (key: string) => string) =>
    Object.entries(fields).map(([key, label]) => textField(key, label, value(key)));
  return html`<div class="fields">
    ${
      contactKind(contact) === "structure"
        ? textField("officialName", "Official name", textOf(structure.officialName))
        : html`${choice("title", "Title", titles, textOf(person.title))}
          ${named(personFields, (key) => textOf(person[key]))}`
    }
    ${named(meansFields, (key) => firstMeans(contact, key))}
    ${named(addressFields, (key) => textOf(address[key]))}
    ${choice("emailAllowed", "E-mails allowed", ["yes", "no", "never asked"], emailAllowed(contact))}
  </div>`;
}

/** The contact with the form's values put in. A field that is left empty becomes null. */
export function applyContactForm(contact: JsonObject, form: URLSearchParams): JsonObject {
  const changed: JsonObject = {
    ...contact,
    addresses: withAddress(contact, form),
    communicationMeans: withMeans(contact, form),
    authorizations: withEmailAllowed(contact, form.get("emailAllowed") ?? ""),
  };
  const filled = (part: Json | undefined, keys: string[]) => ({
    ...(isObject(part) ? part : {}),
    ...values(form, keys),
  });
  if (contactKind(contact) === "structure")
    changed.structureContact = filled(contact.structureContact, ["officialName"]);
  else changed.individualContact = filled(contact.individualContact, ["title", ...Object.keys(personFields)]);
  return changed;
}

function values(form: URLSearchParams, keys: string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, form.get(key)?.trim() || null]));
}

function withAddress(contact: JsonObject, form: URLSearchParams): JsonObject[] {
  const addresses = objectsOf(contact.addresses);
  const main = mainAddressOf(contact);
  const given = values(form, Object.keys(addressFields));
  if (main !== undefined)
    return addresses.map((address) => (address === main ? { ...main, ...given } : address));
  if (Object.values(given).every((value) => value === null)) return addresses;
  const flags = { contactAddressId: null, main: true, billingAddress: true, shippingAddress: false };
  return [{ ...flags, street3: null, street4: null, ...given }, ...addresses];
}

function withMeans(contact: JsonObject, form: URLSearchParams): JsonObject[] {
  const means = objectsOf(contact.communicationMeans).map((entry) => ({ ...entry }));
  for (const [key, value] of Object.entries(values(form, Object.keys(meansFields)))) {
    const holder = means.find((entry) => textOf(entry[key]) !== "") ?? means[0];
    if (holder !== undefined && (value !== null || key in holder)) holder[key] = value;
    else if (value !== null) means.push({ communicationMeanId: null, contactAddressId: null, [key]: value });
  }
  return means;
}

function emailAllowed(contact: JsonObject): string {
  const entry = objectsOf(contact.authorizations).find(
    ({ authorizationCode }) => authorizationCode === "EMAIL",
  );
  if (entry === undefined) return "never asked";
  return entry.allowed === true ? "yes" : "no";
}

function withEmailAllowed(contact: JsonObject, answer: string): JsonObject[] {
  const others = objectsOf(contact.authorizations).filter(
    ({ authorizationCode }) => authorizationCode !== "EMAIL",
  );
  if (answer !== "yes" && answer !== "no") return others;
  return [{ authorizationCode: "EMAIL", allowed: answer === "yes" }, ...others];
}

function textField(name: string, label: string, value: string): Html {
  return html`<label
    >${label}<input name="${name}" value="${value}" maxlength="200" autocomplete="off"
  /></label>`;
}

function choice(name: string, label: string, options: readonly string[], value: string): Html {
  const all = options.includes(value) ? options : [value, ...options];
  const option = (each: string) =>
    each === value ? html`<option selected>${each}</option>` : html`<option>${each}</option>`;
  return html`<label
    >${label}<select name="${name}">
      ${all.map(option)}
    </select></label
  >`;
}
