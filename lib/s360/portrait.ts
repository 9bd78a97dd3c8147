import type { Portrait, Portray } from "@/lib/core/inbound";
import type { Kind } from "@/lib/core/words";

type State = Readonly<Record<string, unknown>>;

/** What a record is and how an admin would look for it, from its folded source state (s360.md §1.4, §8.2–8.5). */
export const portray: Portray = (family, state) => {
  switch (family) {
    case "contact":
      return portrayContact(state);
    case "order":
      return { ...nothing, kind: "order", label: orderLabel(state), madeAt: text(state["creationDateTime"]) };
    case "operation":
      return { ...nothing, kind: "operation", label: text(state["product"]) };
  }
};

const nothing = { contactId: null, madeAt: null, searchTerms: [] };

function portrayContact(state: State): Portrait {
  const person = section(state["individualContact"]);
  const names = [text(person["individualFirstName"]), text(person["individualLastName"])].filter(
    (name) => name !== null,
  );
  const officialName = text(section(state["structureContact"])["officialName"]);
  const label = names.length > 0 ? names.join(" ") : officialName;
  const means = state["communicationMeans"];
  const emails = Array.isArray(means) ? means.map((mean: unknown) => text(section(mean)["email"])) : [];
  const words = [label, ...names].flatMap((name) => (name === null ? [] : [name, ...name.split(/\s+/)]));
  const found = [...words, ...emails].filter((term) => term !== null).map((term) => term.toLowerCase());
  const terms = found.flatMap((term) => [term, withoutAccents(term)]).filter((term) => term !== "");
  const searchTerms = [...new Set(terms)].slice(0, maxTerms);
  const madeAt = text(state["creationDate"]);
  return { kind: contactKind(state), contactId: id(state["contactId"]), label, madeAt, searchTerms };
}

/** A contact of thousands of e-mails is found by the first of them; the index takes no more. */
const maxTerms = 200;

/** "Étoile" is found by "etoile" too. */
function withoutAccents(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Relay by its role, structure by its type or block, else an individual; null when nothing tells. */
function contactKind(state: State): Kind | null {
  if (state["role"] === "RELAY") return "relay";
  if (state["type"] === "STRUCTURE") return "structure";
  if (state["type"] === "INDIVIDUAL" || isObject(state["individualContact"])) return "individual";
  return isObject(state["structureContact"]) ? "structure" : null;
}

function orderLabel(state: State): string | null {
  const type = text(state["orderType"]);
  const organization = text(state["organizationCode"]);
  return [type, organization].filter((part) => part !== null).join(", ") || null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function section(value: unknown): State {
  return isObject(value) ? value : {};
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 255) : null;
}

function id(value: unknown): string | null {
  return typeof value === "number" || typeof value === "string" ? String(value) : null;
}
