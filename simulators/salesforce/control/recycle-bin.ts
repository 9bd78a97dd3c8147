import { objectNamed } from "./find-object";
import { textOf, type ControlRequest, type ControlRoute } from "./request";
import { normaliseId } from "../org/ids";
import { emptyRecycleBin, purgeExpired, purgeRow } from "../write/purge";
import { undeleteRow } from "../write/undelete";
import { writerFor } from "../write/writer";

/** The recycle bin as a person of the org uses it; REST has neither call. */
export const recycleBinRoutes: ControlRoute[] = [
  { method: "POST", path: "/undelete", takes: ["object", "id"], handle: undelete },
  { method: "POST", path: "/empty-recycle-bin", takes: ["object", "id"], handle: empty },
];

/** `{object, id}`: brings a record back with what its deletion took along. */
function undelete({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const object = objectNamed(org, textOf(body, "object"));
  const writer = writerFor(org, org.setup.adminUserId);
  const result = undeleteRow(org, writer, object, idOf(body));
  return result.success ? { id: result.id, success: true, errors: [] } : result;
}

/** `{object?, id?}`: deletes for good one record of the bin, those of one object, or all. */
function empty({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  purgeExpired(org);
  const object = body.object === undefined ? undefined : objectNamed(org, textOf(body, "object"));
  if (object && body.id !== undefined) {
    const result = purgeRow(org, writerFor(org, org.setup.adminUserId), object, idOf(body));
    return result.success ? { id: result.id, success: true, errors: [] } : result;
  }
  const purged = emptyRecycleBin(org, object);
  return { success: true, purged };
}

function idOf(body: ControlRequest["body"]): string {
  const text = textOf(body, "id");
  return normaliseId(text) ?? text;
}
