/** An institution as it may be logged and shown: whoever calls chooses it. */
export function printable(institution: string): string {
  return institution.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd").slice(0, 60);
}
