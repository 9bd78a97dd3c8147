import type { FieldChange } from "@/lib/records/contract";
import { counted } from "../ui/numbers";
import { Value } from "./value";
import "./timeline.css";

/** More changed fields than this are folded away. */
const changesShown = 6;

interface ChangesProps {
  changes: readonly FieldChange[];
  object: string | null;
  labels: ReadonlyMap<string, string>;
  /** Meant to be written, but was not. */
  tried: boolean;
  /** Not folded, however many. */
  open?: boolean;
}

/** What a write changed, field by field. */
export function Changes({ changes, object, labels, tried, open }: ChangesProps) {
  const table = (
    <table className="timeline__changes">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">{tried ? "Tried" : "After"}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row" title={field}>
              {labels.get(`${object}.${field}`) ?? field}
            </th>
            <td>
              <Value value={before} />
            </td>
            <td>
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (open || changes.length <= changesShown) return table;
  return (
    <details className="timeline__fold">
      <summary>{counted(changes.length, "field")}</summary>
      {table}
    </details>
  );
}
