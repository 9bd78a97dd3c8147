/** A time as it is stored, in UTC, for a terminal. */
export function time(iso: string | null): string {
  return iso === null ? "never" : `${iso.slice(0, 19).replace("T", " ")} UTC`;
}
