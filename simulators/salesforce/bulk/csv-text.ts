/** A value of CSV between quotes, as Salesforce writes every value of its own. */
export function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
