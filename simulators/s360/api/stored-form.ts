import { s360Instant } from "../demo/local-midnight";
import { objectsOf, textOf, type Json, type JsonObject } from "../venue/json";
import type { ApiSettings } from "./api-settings";

const titles = ["MR", "MRS", "MISS", "MR_AND_MRS", "UNDEFINED", "LADIES", "GENTLEMEN"];

/** A person's members as S-360 stores them: unknown or empty titles become UNDEFINED, instants have one notation. */
export function storedIndividual(sent: JsonObject, settings: ApiSettings): JsonObject {
  const stored = { ...sent };
  if ("title" in stored && !titles.includes(textOf(stored.title))) stored.title = "UNDEFINED";
  if (typeof stored.birthday === "string") stored.birthday = s360Instant(new Date(stored.birthday));
  if (settings.names === "title-case")
    for (const name of ["individualFirstName", "individualLastName"])
      if (typeof stored[name] === "string") stored[name] = titleCase(stored[name]);
  return stored;
}

/** Communication means as S-360 stores them: phone numbers spaced where the institution wants it. */
export function storedMeans(sent: Json, settings: ApiSettings): Json {
  if (settings.phones !== "spaced" || sent === null) return sent;
  return objectsOf(sent).map((item) => {
    const stored = { ...item };
    for (const member of ["phone", "cellularPhone"])
      if (typeof stored[member] === "string") stored[member] = spaced(stored[member]);
    return stored;
  });
}

/** "41 / 0791234567" → "41 / 079 123 45 67": three digits, then pairs from the end. */
function spaced(phone: string): string {
  const [prefix = "", national = ""] = phone.split(" / ");
  const digits = national.replaceAll(" ", "");
  const rest = digits.slice(3).replace(/\B(?=(?:\d\d)+$)/g, " ");
  const groups = /^\d /.test(rest) ? rest.replace(" ", "") : rest;
  return `${prefix} / ${[digits.slice(0, 3), groups].filter(Boolean).join(" ")}`;
}

function titleCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
}
