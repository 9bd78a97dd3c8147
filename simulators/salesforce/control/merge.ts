import { ControlError } from "./errors";
import { objectNamed } from "./find-object";
import { textOf, type ControlRequest, type ControlRoute } from "./request";
import { normaliseId } from "../org/ids";
import { mergeRows } from "../write/merge";
import { writerFor } from "../write/writer";

/** `POST /__control/merge`: merges records as a person of the org would on their page; REST has no merge. */
export const mergeRoutes: ControlRoute[] = [
  { method: "POST", path: "/merge", takes: ["object", "masterId", "mergeIds", "fields"], handle: merge },
];

/** `{object, masterId, mergeIds, fields?}`; `fields` are values of the master that change in the same step. */
function merge({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const object = objectNamed(org, textOf(body, "object"));
  const fields = body.fields ?? {};
  if (typeof fields !== "object" || Array.isArray(fields))
    throw new ControlError('"fields" must be an object.');
  const writer = writerFor(org, org.setup.adminUserId);
  const masterId = idOf(textOf(body, "masterId"));
  const result = mergeRows(org, writer, object, masterId, idsOf(body.mergeIds), { ...fields });
  return result.success ? { ...result, errors: [] } : result;
}

function idsOf(value: unknown): string[] {
  if (!Array.isArray(value)) throw new ControlError('"mergeIds" must be an array of ids.');
  return value.map((id: unknown) => idOf(String(id)));
}

function idOf(text: string): string {
  return normaliseId(text) ?? text;
}
