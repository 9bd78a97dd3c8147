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

const NOT_FOUND_CODES = new Set(["ENTITY_IS_DELETED"]);

/** The errors of a single row as the body and status of its own request. */
export function rowErrorsReply(errors: readonly RowError[]): { status: number; body: unknown } {
  const isGone = errors.some((error) => NOT_FOUND_CODES.has(error.statusCode));
  return {
    status: isGone ? 404 : 400,
    body: errors.map(({ statusCode, message, fields }) => ({ message, errorCode: statusCode, fields })),
  };
}
