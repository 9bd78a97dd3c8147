/** A moment as Salesforce prints it: UTC, whole seconds, `2026-11-22T03:37:05.000+0000`. */
export function salesforceDateTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}.000+0000`;
}

/** Milliseconds of a moment as Salesforce prints it; NaN when the text is none. */
export function salesforceMs(text: string): number {
  return Date.parse(text.replace("+0000", "Z"));
}
