import { ApiError, rowError, type RowError } from "../http/errors";

/** A JSON value that cannot be one of its field. In a call for one row it ends the call, in Collections its row. */
export class UnreadableValue extends ApiError {
  constructor(
    private readonly what: string,
    place: string,
  ) {
    super(400, "JSON_PARSER_ERROR", messageOf(what, place));
  }

  /** As Collections print it: rows are read one by one, without a place (recorded: SFDO-Tooling/CumulusCI#3283). */
  ofRow(): RowError {
    const message = messageOf(this.what, "[Source: N/A; line: -1, column: -1][line:-1, column:-1]");
    return rowError(this.errorCode, message);
  }
}

/** The refusal of `raw`, which is none of the type wanted; `bodyText` tells where it stands. */
export function unreadableValue(wanted: string, raw: unknown, bodyText: string): UnreadableValue {
  const what = `Cannot deserialize instance of ${wanted} from ${tokenOf(raw)}`;
  return new UnreadableValue(what, locationOf(raw, bodyText));
}

function messageOf(what: string, place: string): string {
  return `${what} or request may be missing a required field at ${place}`;
}

/** The name that Salesforce's JSON reader has for the token, and its text. */
function tokenOf(raw: unknown): string {
  if (Array.isArray(raw)) return "START_ARRAY value [";
  if (typeof raw === "object") return "START_OBJECT value {";
  if (typeof raw === "boolean") return `VALUE_${raw ? "TRUE" : "FALSE"} value ${raw}`;
  if (typeof raw === "number") {
    return `VALUE_NUMBER_${Number.isInteger(raw) ? "INT" : "FLOAT"} value ${raw}`;
  }
  return `VALUE_STRING value ${String(raw)}`;
}

function locationOf(raw: unknown, bodyText: string): string {
  const token = Array.isArray(raw) ? "[" : typeof raw === "object" ? "{" : JSON.stringify(raw);
  const offset = Math.max(0, bodyText.indexOf(token, 1));
  const before = bodyText.slice(0, offset).split("\n");
  return `[line:${before.length}, column:${(before.at(-1)?.length ?? 0) + 1}]`;
}
