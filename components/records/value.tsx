/** A value of either side, shown as it is; what is empty says so. */
export function Value({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === "") return <em className="records-quiet">empty</em>;
  if (Array.isArray(value) && value.length === 0) return <em className="records-quiet">empty list</em>;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "object") return <code>{JSON.stringify(value)}</code>;
  return <span className="records-value">{String(value)}</span>;
}
