import { idText, isObject, objectsOf, textOf, type Json, type JsonObject } from "../venue/json";
import { contactKind, type Venue } from "../venue/venue";
import type { ApiSettings } from "./api-settings";
import { longest } from "./lengths";
import {
  individualMembers,
  itemKeys,
  itemMembers,
  listSections,
  ownMembers,
  structureMembers,
  type ListSection,
  type Members,
} from "./members";
import { isRequired, text, type Rule } from "./rules";

export type ContactBlock = "individualContact" | "structureContact";

const roles = ["PUBLIC", "RELAY", "MEMBER"];

/**
 * Every rule that a save's body breaks, each with the member's path; `stored` is null when a contact is created.
 * A member that is unknown here is let through when the stored contact has it, for it may come from a read.
 */
export function saveViolations(
  body: JsonObject,
  block: ContactBlock,
  stored: JsonObject | null,
  venue: Venue,
  settings: ApiSettings,
): string[] {
  const known = stored ?? {};
  return [
    ...unknownMembers(body, block, known),
    ...complaint("function", body.function, text(longest.function)),
    ...roleViolations(body, block, stored),
    ...blockViolations(body, block, known),
    ...listSections.flatMap((section) => listViolations(section, body[section], known[section], settings)),
    ...connectionViolations(body, stored, venue),
  ];
}

function unknownMembers(body: JsonObject, block: ContactBlock, stored: JsonObject): string[] {
  const known = [block, "role", "function", ...listSections];
  return Object.keys(body)
    .filter((key) => !known.includes(key) && !ownMembers.has(key) && !(key in stored))
    .map(
      (key) => `${key} is not a member of ${block === "individualContact" ? "an individual" : "a structure"}`,
    );
}

function roleViolations({ role }: JsonObject, block: ContactBlock, stored: JsonObject | null): string[] {
  if (role === undefined || role === null) return [];
  if (stored !== null) return role === (stored.role ?? "PUBLIC") ? [] : ["role cannot be changed"];
  if (block === "structureContact") return role === "PUBLIC" ? [] : ["role of a structure is PUBLIC"];
  return roles.includes(textOf(role)) ? [] : [`role is none of ${roles.join(", ")}`];
}

function blockViolations(body: JsonObject, block: ContactBlock, stored: JsonObject): string[] {
  const sent = body[block] ?? {};
  if (!isObject(sent)) return [`${block} is not an object`];
  const known = isObject(stored[block]) ? stored[block] : {};
  const [members, name] =
    block === "individualContact"
      ? [individualMembers, "individualLastName"]
      : [structureMembers, "officialName"];
  const missing = textOf(sent[name] === undefined ? known[name] : sent[name]).trim() === "";
  const wrong = memberViolations(block, sent, members, known, known);
  const mentioned = wrong.some((each) => each.startsWith(`${block}.${name} `));
  return missing && !mentioned ? [`${block}.${name} is required`, ...wrong] : wrong;
}

function listViolations(
  section: ListSection,
  sent: Json | undefined,
  stored: Json | undefined,
  settings: ApiSettings,
): string[] {
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent)) return [`${section} is not a list`];
  const { key, assigned } = itemKeys[section];
  const known = new Map(objectsOf(stored).map((item) => [idText(item[key]), item]));
  const seen = new Set<string>();
  return sent.flatMap((item, index) => {
    const path = `${section}[${index}]`;
    if (!isObject(item)) return [`${path} is not an object`];
    const named = idText(item[key]);
    const old = known.get(named) ?? {};
    const kept = settings.lists === "merge" ? old : {};
    const wrong = memberViolations(path, item, itemMembers(section, settings), old, kept);
    if (named !== null && assigned && !known.has(named))
      wrong.push(`${path}.${key} ${named} is not an id of this contact`);
    if (named !== null && seen.has(named)) wrong.push(`${path}.${key} ${named} is there twice`);
    if (named !== null) seen.add(named);
    return wrong;
  });
}

/** `kept` is what stays of the stored object where the sent one is silent: a required member may be there. */
function memberViolations(
  path: string,
  sent: JsonObject,
  members: Members,
  stored: JsonObject,
  kept: JsonObject,
): string[] {
  const unknown = Object.keys(sent).filter((key) => !(key in members) && !(key in stored));
  const isNeeded = (key: string) => members[key]?.(null) === isRequired;
  const checked = Object.keys(members).filter((key) => key in sent || (isNeeded(key) && !(key in kept)));
  return [
    ...unknown.map((key) => `${path}.${key} is not a known member`),
    ...checked.flatMap((key) => {
      const rule = members[key];
      return rule === undefined ? [] : complaint(`${path}.${key}`, sent[key] ?? null, rule);
    }),
  ];
}

/** A relay acts for a structure; every connection that is new leads to a contact that exists. */
function connectionViolations(body: JsonObject, stored: JsonObject | null, venue: Venue): string[] {
  const sent = body.contactConnections;
  if (stored !== null && sent === undefined) return [];
  const numbers = objectsOf(sent).map((item) => idText(item.contactNumber));
  const old = objectsOf(stored?.contactConnections).map((item) => idText(item.contactNumber));
  const wrong = numbers.flatMap((number, index) =>
    number === null || old.includes(number) || venue.contacts.has(number)
      ? []
      : [`contactConnections[${index}].contactNumber ${number} is no contact's number`],
  );
  const isStructure = (number: string | null) => {
    const contact = number === null ? undefined : venue.contacts.get(number);
    return contact !== undefined && contactKind(contact) === "structure";
  };
  const isRelay = (stored ?? body).role === "RELAY";
  const acts = numbers.some((number) => isStructure(number) || old.includes(number));
  return isRelay && !acts ? [...wrong, "contactConnections of a relay must name a structure"] : wrong;
}

/** Nothing may be wrong with what is absent, and with null only where something is required. */
function complaint(path: string, value: Json | undefined, rule: Rule): string[] {
  if (value === undefined || (value === null && rule(null) !== isRequired)) return [];
  const wrong = rule(value);
  return wrong === null ? [] : [`${path} ${wrong}`];
}
