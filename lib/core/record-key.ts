/**
 * The key a record is known by. Salesforce compares external ids without case (default-mappings.md, last section), so
 * two spellings of one number are one record here too; how S-360 spells it stays in the source state.
 */
export function recordKeyOf(text: string): string {
  return text.trim().toLowerCase();
}

const provisionalPrefix = "salesforce:";

/** The key of a record of Salesforce that S-360 has not numbered yet. No S-360 number holds a colon. */
export function provisionalKey(salesforceId: string): string {
  return provisionalPrefix + salesforceId.toLowerCase();
}

export function isProvisional(key: string): boolean {
  return key.startsWith(provisionalPrefix);
}

/** SyncId fields hold this many characters; no key of S-360 is longer. */
export const maxKeyLength = 40;
