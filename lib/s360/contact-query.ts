/** What a contact is looked for by, and how the search calls it (s360.md §4.5, §8.2, §8.4, §8.5). */
import type { Contact, ContactQuery } from "@/lib/core/contact-side";
import { isMembers, type Members } from "./answer";
import type { ContactAssumptions } from "./assumptions";

/** Names and the first e-mail address; null when there is none of them. */
export function queryFor(contact: Contact): ContactQuery | null {
  const person = group(contact["individualContact"]);
  const means: unknown = contact["communicationMeans"];
  const emails = Array.isArray(means) ? means.map((mean: unknown) => filled(group(mean)["email"])) : [];
  return only({
    email: emails.find((email) => email !== undefined) ?? filled(person["email"]),
    firstName: filled(person["individualFirstName"]),
    lastName: filled(person["individualLastName"]),
    officialName: filled(group(contact["structureContact"])["officialName"]),
  });
}

/** The body of a search; null when the query asks for nothing, which S-360 might take for everybody. */
export function criteriaOf(query: ContactQuery, { searchCriteria }: ContactAssumptions): Members | null {
  return only({
    [searchCriteria.email]: filled(query.email),
    [searchCriteria.firstName]: filled(query.firstName),
    [searchCriteria.lastName]: filled(query.lastName),
    [searchCriteria.officialName]: filled(query.officialName),
  });
}

/** What holds something; null when nothing does. */
function only(texts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> | null {
  const entries = Object.entries(texts).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, text] as const],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

function group(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function filled(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
