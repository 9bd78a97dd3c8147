import type { Row } from "../model/types";

/** Name of a contact or person account: first and last name joined by a space. */
export function personName(row: Row): string | null {
  const name = [row.FirstName, row.LastName].filter((part) => typeof part === "string").join(" ");
  return name === "" ? null : name;
}
