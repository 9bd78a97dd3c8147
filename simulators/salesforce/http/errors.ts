/** An error of one row, as Collections print it. */
export interface RowError {
  statusCode: string;
  message: string;
  fields: string[];
}

export function rowError(statusCode: string, message: string, fields: string[] = []): RowError {
  return { statusCode, message, fields };
}

/**
 * A request that fails as a whole. The body is the array that Salesforce's REST API answers with:
 * `[{ message, errorCode, fields? }]`.
 */
export class ApiError extends Error {
  readonly body: unknown;
  /** Headers that go with the answer, such as `Allow`. */
  headers?: Record<string, string>;

  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    fields?: readonly string[],
  ) {
    super(message);
    this.body = [{ message, errorCode, ...(fields ? { fields } : {}) }];
  }
}

export function notFound(): ApiError {
  return new ApiError(404, "NOT_FOUND", "The requested resource does not exist");
}

const METHOD_ORDER = ["HEAD", "GET", "POST", "PATCH", "PUT", "DELETE"];

/** 405 with `Allow`; what can be read can be asked for its headers (recorded answers: "Allowed are HEAD,GET,POST"). */
export function methodNotAllowed(method: string, methods: readonly string[]): ApiError {
  const allowed = METHOD_ORDER.filter((name) => methods.includes(name === "HEAD" ? "GET" : name));
  const error = new ApiError(
    405,
    "METHOD_NOT_ALLOWED",
    `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(",")}`,
  );
  error.headers = { Allow: allowed.join(", ") };
  return error;
}

const NOT_FOUND_CODES = new Set(["ENTITY_IS_DELETED"]);
const FORBIDDEN_CODES = new Set(["INSUFFICIENT_ACCESS_OR_READONLY"]);

/** The errors of a single row as the body and status of its own request. */
export function rowErrorsReply(errors: readonly RowError[]): { status: number; body: unknown } {
  const isGone = errors.some((error) => NOT_FOUND_CODES.has(error.statusCode));
  const isForbidden = errors.some((error) => FORBIDDEN_CODES.has(error.statusCode));
  return {
    status: isGone ? 404 : isForbidden ? 403 : 400,
    body: errors.map(({ statusCode, message, fields }) => ({ message, errorCode: statusCode, fields })),
  };
}
