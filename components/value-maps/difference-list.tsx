import { counted } from "../ui/numbers";
import type { Difference } from "./words";

interface DifferenceListProps {
  differences: readonly Difference[];
  /** What the two sides are, such as "Before" and "After". */
  names: readonly [before: string, after: string];
}

const mostShown = 50;

/** Codes that differ, as both sides say. */
export function DifferenceList({ differences, names }: DifferenceListProps) {
  const more = differences.length - mostShown;
  return (
    <ul className="value-maps-differences">
      {differences.slice(0, mostShown).map(({ code, before, after }) => (
        <li key={code === null ? "rule" : `code ${code}`}>
          <strong>{code ?? "Codes that are not listed"}:</strong>
          <span className="value-maps-quiet">
            {" "}
            {names[0]}: {before}.
          </span>{" "}
          {names[1]}: {after}.
        </li>
      ))}
      {more > 0 && <li>And {counted(more, "more code", "more codes")}.</li>}
    </ul>
  );
}
