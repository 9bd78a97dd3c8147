import type { FieldConflict } from "@/lib/core/agreement";
import { Value } from "./value";

interface ConflictsProps {
  conflicts: readonly FieldConflict[];
  object: string | null;
  /** Labels by `Object.Field`. */
  labels: ReadonlyMap<string, string>;
  /** Who had changed it in Salesforce. */
  changedBy: string | null;
}

const winners = { s360: "S-360’s", salesforce: "Salesforce’s" } as const;

/** Fields that both sides had changed: what each said, and whose value stayed. */
export function Conflicts({ conflicts, object, labels, changedBy }: ConflictsProps) {
  if (conflicts.length === 0) return null;
  return (
    <ul className="timeline__conflicts">
      {conflicts.map(({ field, before, s360, salesforce, winner }) => (
        <li key={field}>
          <strong title={field}>{labels.get(`${object}.${field}`) ?? field}</strong>: both sides had changed
          it. S-360: <Value value={s360} />, Salesforce{changedBy && ` (${changedBy})`}:{" "}
          <Value value={salesforce} />, before: <Value value={before} />. {winners[winner]} value stayed, by
          the owner of the field.
        </li>
      ))}
    </ul>
  );
}
