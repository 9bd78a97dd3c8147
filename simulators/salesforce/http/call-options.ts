import { ApiError } from "./errors";
import type { RestRequest } from "./messages";
import type { Schema } from "../model/schema";

/** The resources that resolve names with the default namespace (REST API guide, "Call Options Header"). */
const NAMESPACED =
  /^\/(?:query|queryAll)\/?$|^\/jobs\/(?:ingest|query)\/?$|^\/sobjects\/[^/]+(?:\/[^/]+){0,2}\/?$/;
/** Describe ignores it, as documented. */
const DESCRIBES = /^\/sobjects\/[^/]+\/(?:describe|updated|deleted|listviews|quickActions)\b/;

/**
 * `Sforce-Call-Options: client=…; defaultNamespace=…`, separated by semicolon or comma. The client is logged.
 * A default namespace makes no difference where the org has nothing of that namespace; where it would, the call is
 * refused, because names are not resolved here.
 * @throws ApiError 400
 */
export function refuseDefaultNamespace(schema: Schema, request: Pick<RestRequest, "path" | "headers">): void {
  const header = request.headers["sforce-call-options"] ?? "";
  const namespace = /(?:^|[;,])\s*defaultNamespace\s*=\s*(\w+)/i.exec(header)?.[1];
  if (namespace === undefined || !NAMESPACED.test(request.path) || DESCRIBES.test(request.path)) return;
  const prefix = `${namespace.toLowerCase()}__`;
  const isInUse = schema.objects.some(
    ({ name, model }) =>
      name.toLowerCase().startsWith(prefix) ||
      model.fields.some((field) => field.name.toLowerCase().startsWith(prefix)),
  );
  if (!isInUse) return;
  throw new ApiError(
    400,
    "INVALID_HEADER",
    "The simulated org does not answer defaultNamespace in Sforce-Call-Options: give names with their namespace.",
  );
}
