import type { RuleChange } from "./changes";

interface ChangeListProps {
  changes: readonly RuleChange[];
  /** What the two sides are, such as "Before" and "After". */
  names: readonly [before: string, after: string];
}

/** Sentences that differ, as they are on both sides. */
export function ChangeList({ changes, names }: ChangeListProps) {
  return (
    <ul className="rules-changes">
      {changes.map(({ sentence, before, after }) => (
        <li key={sentence}>
          <p>
            <strong>{sentence}:</strong>
          </p>
          <p className="rules-quiet">
            {names[0]}: {before}
          </p>
          <p>
            {names[1]}: {after}
          </p>
        </li>
      ))}
    </ul>
  );
}
