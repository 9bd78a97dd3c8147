/** What a duplicate rule of the org found when it stopped a record. Pure. */

/** A record that the rule takes for the same. */
export interface DuplicateMatch {
  readonly object: string;
  readonly id: string;
  /** Null where the org did not tell it. */
  readonly name: string | null;
}

export interface DuplicateFinding {
  /** The rule's name in the org. */
  readonly rule: string | null;
  /** The rule only alerts: it lets a record pass whose sender insists. */
  readonly passable: boolean;
  readonly matches: readonly DuplicateMatch[];
}

/** So many are named; a rule that finds more is too wide for anybody to choose among them. */
const mostNamed = 5;

/** `Edna Frank (003…), 003… and 2 more`; empty where nothing is known. */
export function matchesText(matches: readonly DuplicateMatch[]): string {
  const names = matches.slice(0, mostNamed).map(({ id, name }) => (name ? `${name} (${id})` : id));
  const more = matches.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** What stopped the record, as far as the org told it. */
export function duplicateText(finding: DuplicateFinding | null): string {
  const rule = finding?.rule
    ? `The duplicate rule ${finding.rule} in Salesforce`
    : "A duplicate rule in Salesforce";
  const looksLike = matchesText(finding?.matches ?? []);
  return looksLike
    ? `${rule} stopped this record: it looks like ${looksLike}.`
    : `${rule} stopped this record.`;
}
