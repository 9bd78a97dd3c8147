import { counted } from "../ui/numbers";
import { Value } from "./value";
import "./json-tree.css";

/** A JSON value as a tree that opens branch by branch. */
export function JsonTree({ value }: { value: unknown }) {
  return (
    <ul className="json-tree">
      {entriesOf(value).map(([name, child]) => (
        <Branch key={name} name={name} value={child} />
      ))}
    </ul>
  );
}

function Branch({ name, value }: { name: string; value: unknown }) {
  if (!isBranch(value)) {
    return (
      <li>
        <span className="json-tree__name">{name}</span> <Value value={value} />
      </li>
    );
  }
  const size = entriesOf(value).length;
  const held = Array.isArray(value) ? counted(size, "element") : counted(size, "key");
  return (
    <li>
      <details>
        <summary>
          <span className="json-tree__name">{name}</span> <span className="records-quiet">{held}</span>
        </summary>
        <JsonTree value={value} />
      </details>
    </li>
  );
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && entriesOf(value).length > 0;
}

function entriesOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((element, index) => [String(index + 1), element]);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
