import type { JsonObject } from "../venue/json";

/** The call was understood and cannot be done: answered with HTTP 200, a code and a sentence. */
export class BusinessError extends Error {
  constructor(
    /** Such as `error.contact.notFound`. */
    readonly code: string,
    message: string,
    readonly ofOrders = false,
  ) {
    super(message);
  }
}

/** The payload beside `requestId`, `statusCode` and `statusDetail`, as every result of S-360's services has them. */
export function success(requestId: number, payload: JsonObject): JsonObject {
  return { ...payload, requestId, statusCode: "success", statusDetail: null };
}

export function failure(requestId: number, error: BusinessError): JsonObject {
  // Order services alone say whether it is a functional error with a code.
  const more: JsonObject = error.ofOrders ? { expectedException: error.code === "error.order.notFound" } : {};
  return {
    ...more,
    requestId,
    statusCode: "error",
    statusDetail: error.code,
    statusMessage: error.message,
  };
}
