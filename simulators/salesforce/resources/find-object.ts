import { ApiError, notFound } from "../http/errors";
import type { Schema, SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { normaliseId } from "../org/ids";

/** The object named in a URL. @throws ApiError 404 */
export function objectInPath(schema: Schema, name: string): SObject {
  const object = schema.find(name);
  if (!object) throw notFound();
  return object;
}

/** The field of an upsert by key: Id, an external id or an id lookup. @throws ApiError 404 */
export function keyFieldInPath(object: SObject, name: string): FieldModel {
  const field = object.field(name);
  if (!field || (field.type !== "id" && !field.externalId && !field.idLookup)) throw noSuchKey(name);
  return field;
}

/** The 18-character id in a URL. @throws ApiError 404 for text that is no id of this object */
export function idInPath(object: SObject, text: string): string {
  const id = normaliseId(text);
  if (id === undefined || !id.startsWith(object.model.keyPrefix)) throw noSuchKey(text);
  return id;
}

function noSuchKey(text: string): ApiError {
  return new ApiError(
    404,
    "NOT_FOUND",
    `Provided external ID field does not exist or is not accessible: ${text}`,
  );
}
