import { z } from "zod";
import { ordinal } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import {
  findConnection,
  findValueMap,
  ofConnection,
  valueMapGone,
  valueMapParams as params,
} from "@/app/api/value-maps/find-value-map";
import { valueMapSchema } from "@/lib/core/mapping/document";
import type { SavedValueMap } from "@/lib/mappings/value-map-contract";
import { valueMapDetail } from "@/lib/mappings/read-value-maps";
import { dropValueMap, putValueMap } from "@/lib/mappings/value-maps";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const revision = ordinal;
/** Null: a new value map. */
const body = z.strictObject({ revision: revision.nullable(), entries: valueMapSchema });

export const GET = route({ params, query: ofConnection }, async ({ params: { name }, query }) =>
  findValueMap((await findConnection(query.connection)).id, name),
);

/** Saves the value map that was opened at `revision`; 409 with the stored one when somebody saved in between. */
export const PUT = route(
  { params, query: ofConnection, body },
  async ({ params: { name }, query, body: given, session }): Promise<SavedValueMap> => {
    const { db } = webRuntime();
    const { id: connectionId } = await findConnection(query.connection);
    const result = await putValueMap(db, { ...given, connectionId, name, actor: session.email });
    if (result.outcome === "twin") {
      const sentence = `There is a value map ${result.name} already, and a name that differs only by small and capital letters would be mistaken for it. Choose another name.`;
      throw new Problem(422, "refused", sentence);
    }
    const stored = await valueMapDetail(db, connectionId, name);
    if (result.outcome !== "conflict") {
      if (!stored) throw valueMapGone(name);
      return { stored, released: result.outcome === "saved" ? result.released : 0 };
    }
    const sentence = stored
      ? "Somebody else changed this value map after you opened it. Nothing of yours was saved."
      : "Somebody else removed this value map after you opened it. Nothing of yours was saved.";
    throw new Problem(409, "conflict", sentence, { stored });
  },
);

/** Removes a value map that was seen at `revision`; refused while a mapping that runs names it. */
export const DELETE = route(
  { params, query: ofConnection.extend({ revision }) },
  async ({ params: { name }, query, session }) => {
    const { id: connectionId } = await findConnection(query.connection);
    const place = { connectionId, name, actor: session.email };
    const result = await dropValueMap(webRuntime().db, { ...place, revision: query.revision });
    switch (result.outcome) {
      case "removed":
        return undefined;
      case "missing":
        throw valueMapGone(name);
      case "conflict": {
        const sentence =
          "Somebody else changed this value map meanwhile. Look at it again before you remove it.";
        throw new Problem(409, "conflict", sentence);
      }
      case "used": {
        const lines = result.uses
          .map(({ mapping, target }) => `${mapping} (${target ?? "which records take part"})`)
          .join(", ");
        const sentence = `Mappings that run need it: ${lines}. Take it out there and publish them first.`;
        throw new Problem(422, "refused", sentence, { uses: result.uses });
      }
    }
  },
);
