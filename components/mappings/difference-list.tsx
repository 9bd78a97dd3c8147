import { documentDifference, type LineDifference } from "@/lib/core/mapping/difference";
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
import { Badge } from "../ui/badge";
import type { Tone } from "../ui/tone";
import { shownName } from "./names";
import { rulesOf } from "./policies";
import { wayBackWords } from "./way-back";

const words: Record<LineDifference["change"], readonly [string, Tone]> = {
  added: ["Added", "success"],
  removed: ["Removed", "error"],
  changed: ["Changed", "info"],
  moved: ["Moved", "neutral"],
};

interface DifferenceListProps {
  before: MappingDocument;
  after: MappingDocument;
  /** What the two are, such as "Version 2" and "Draft". */
  names: readonly [before: string, after: string];
}

/** Two documents, line by line: only what differs. */
export function DifferenceList({ before, after, names }: DifferenceListProps) {
  const differences = documentDifference(before, after);
  if (differences.length === 0) return <p>{`${names[0]} and ${names[1]} say the same.`}</p>;
  return (
    <ul className="mappings-differences">
      {differences.map((difference, index) => (
        <li key={index}>
          <p>
            <Badge tone={words[difference.change][1]}>{words[difference.change][0]}</Badge>{" "}
            <strong>{shownName(difference.target)}</strong>
          </p>
          {difference.change !== "moved" && (
            <dl className="mappings-differences__sides">
              <Side name={names[0]} line={difference.before} other={difference.after} />
              <Side name={names[1]} line={difference.after} other={difference.before} />
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

interface SideProps {
  name: string;
  line: MappingLine | null;
  other: MappingLine | null;
}

function Side({ name, line, other }: SideProps) {
  if (!line) return null;
  const rules = rulesOf(line);
  const sameRules = other !== null && rulesOf(other).join() === rules.join();
  const required = line.required !== other?.required ? line.required : undefined;
  const note = line.note !== other?.note ? line.note : undefined;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{line.expression}</code>
        {!sameRules && (rules.length > 0 || other) && (
          <span className="mappings-name">{rules.length > 0 ? rules.join(" · ") : "Usual rules"}</span>
        )}
        {wayBackWords(line, other).map((words) => (
          <span key={words} className="mappings-name">
            {words}
          </span>
        ))}
        {required && <span className="mappings-name">{`If missing: “${required}”`}</span>}
        {note && <span className="mappings-name">{`Note: ${note}`}</span>}
      </dd>
    </div>
  );
}
