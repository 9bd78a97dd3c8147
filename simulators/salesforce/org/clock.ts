/** A moment as Salesforce prints it: UTC, whole seconds, `2026-11-22T03:37:05.000+0000`. */
export function salesforceDateTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}.000+0000`;
}
