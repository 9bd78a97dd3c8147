import { ApiError } from "./errors";
import type { Exchange } from "./exchange";

const MAX_BYTES = 16_384;

/**
 * A call whose URI, or URI and headers together, are longer than Salesforce takes (REST API guide, "Status Codes and
 * Error Responses", 414 and 431).
 * @throws ApiError
 */
export function refuseOversized({ url, headerBytes }: Exchange): void {
  const uriBytes = Buffer.byteLength(url.pathname + url.search);
  if (uriBytes > MAX_BYTES) throw new ApiError(414, "URI_TOO_LONG", "URI Too Long");
  if (uriBytes + headerBytes > MAX_BYTES) {
    throw new ApiError(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", "Request Header Fields Too Large");
  }
}
