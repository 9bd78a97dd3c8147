import type { CompiledWhere } from "./compiled-where";
import type { QueryContext } from "./context";
import { soqlError } from "./errors";

/**
 * Narrows a query to USING SCOPE: `everything`, or `mine`, the records that the user owns.
 * @throws ApiError INVALID_QUERY_SCOPE for a scope that the object does not have
 */
export function withScope(
  context: QueryContext,
  where: CompiledWhere | undefined,
  scope: string | undefined,
): CompiledWhere | undefined {
  const name = scope?.toLowerCase();
  if (name === undefined || name === "everything") return where;
  if (name !== "mine" || !context.object.field("OwnerId")) {
    const reason = `scope '${scope ?? ""}' is not supported for ${context.object.name}`;
    throw soqlError("INVALID_QUERY_SCOPE", context.source, scope ?? "", "USING", reason);
  }
  const { userId } = context.user;
  return {
    matches: (row) => row.OwnerId === userId && (!where || where.matches(row)),
    keyConditions: where?.keyConditions ?? [],
    filtered: where?.filtered ?? [],
  };
}
