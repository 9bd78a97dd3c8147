/**
 * A double as Bulk query results have it, in the form of Java's Double.toString: `1000.0`, `9.0E7`,
 * `1.6147805824397E13` (recorded: forcedotcom/cli#3367, forcedotcom/dataloader#1204).
 */
export function javaDouble(value: number): string {
  if (value === 0) return "0.0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return withPoint(String(value));
  const [digits = "0", exponent = "0"] = value.toExponential().split("e");
  return `${withPoint(digits)}E${Number(exponent)}`;
}

function withPoint(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}
