/** How the org's words and names are put into sentences. */
import type { ObjectDescribe } from "@/lib/core/side";
import type { OrgError } from "./wire";

interface Described {
  readonly describe?: ObjectDescribe;
}

export function says(error: OrgError): string {
  return error.message ? `Salesforce says: ${error.message}` : "";
}

export function labels(error: OrgError, context: Described): string {
  return error.fields.map((name) => labelOf(name, context)).join(", ");
}

function labelOf(name: string, { describe }: Described): string {
  return describe?.fields.find((field) => same(field.name, name))?.label ?? name;
}

/** The unique field that the org names in its message rather than beside it. */
export function duplicatedField(error: OrgError): string | undefined {
  return /duplicate value found: (\S+) duplicates/.exec(error.message)?.[1];
}

export function fieldInMessage(error: OrgError, context: Described): string {
  const name = duplicatedField(error);
  return name ? labelOf(name, context) : "";
}

export function onObject({ describe }: Described): string {
  return describe ? ` on ${describe.label}` : "";
}

/** The label the org puts in front of its explanation: `Last Name: data value too large: …`. */
export function before(error: OrgError, mark: string): string {
  const [head = ""] = error.message.split(mark);
  const isLabel = head.length <= 60 && head !== error.message && !/[[{.]/.test(head);
  return isLabel ? head.trim() : "";
}

export function after(error: OrgError, mark: string): string {
  const start = error.message.indexOf(mark);
  return start < 0 ? "" : error.message.slice(start + mark.length).trim();
}

export function quoted(text: string): string {
  return text ? `“${text}”` : "that was sent";
}

export function same(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}
