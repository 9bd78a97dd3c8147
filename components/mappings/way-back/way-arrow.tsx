import { goesBack } from "@/lib/core/mapping/back/inverse";
import type { Kind } from "@/lib/core/words";

const ways = {
  one: { arrow: "→", words: "from S-360 to Salesforce only" },
  both: { arrow: "⇄", words: "both ways: edits in Salesforce go back to S-360" },
} as const;

/** Which ways the values of a line go; screen readers say it in words. */
export function WayArrow({ way }: { way: keyof typeof ways }) {
  const { arrow, words } = ways[way];
  return (
    <span className="mappings-way" title={words}>
      <span aria-hidden>{arrow}</span>
      <span className="slds-assistive-text">, {words}</span>
    </span>
  );
}

/** What the arrows of a mapping's lines mean. */
export function WayLegend({ kind }: { kind: Kind }) {
  const shown = goesBack(kind) ? [ways.one, ways.both] : [ways.one];
  return (
    <p className="mappings-legend">
      {shown.map(({ arrow, words }) => (
        <span key={arrow}>
          <span aria-hidden>{arrow} </span>
          {words}
        </span>
      ))}
    </p>
  );
}
