import { z } from "zod";
import { route } from "@/app/api/route-handler";
import {
  findConnection,
  findValueMap,
  ofConnection,
  valueMapGone,
  valueMapParams as params,
} from "@/app/api/value-maps/find-value-map";
import { codeRules, codeSchema, mappedSchema, maxCodes } from "@/lib/core/mapping/document";
import type { SavedValueMap } from "@/lib/mappings/value-map-contract";
import { unseenCodes, valueMapDetail } from "@/lib/mappings/read-value-maps";
import { decideCodes } from "@/lib/mappings/value-maps";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const decision = z.union([
  z.strictObject({ value: mappedSchema }),
  z.strictObject({ rule: z.enum(codeRules) }),
]);
const body = z.strictObject({ codes: z.array(codeSchema).min(1).max(maxCodes), decision });

/** Codes that the value map was asked for and does not list; null once it is gone, which a page that asks again and again may see. */
export const GET = route({ params, query: ofConnection }, async ({ params: { name }, query }) => {
  const { id } = await findConnection(query.connection);
  const { db } = webRuntime();
  return (await valueMapDetail(db, id, name)) ? unseenCodes(db, id, name) : null;
});

/** Lists codes that were never seen before, as a person decided of all of them. */
export const POST = route(
  { params, query: ofConnection, body },
  async ({ params: { name }, query, body: given, session }): Promise<SavedValueMap> => {
    const { id: connectionId } = await findConnection(query.connection);
    const place = { connectionId, name, actor: session.email };
    const result = await decideCodes(webRuntime().db, { ...place, ...given });
    if (result.outcome === "missing") throw valueMapGone(name);
    const stored = await findValueMap(connectionId, name);
    switch (result.outcome) {
      case "listed":
        throw new Problem(409, "conflict", alreadyDecided(given.codes), { stored });
      case "full": {
        const sentence = `A value map has at most ${maxCodes} codes, and this one has ${stored.codes}. Remove some first.`;
        throw new Problem(422, "refused", sentence);
      }
      case "saved":
        return { stored, released: result.released, passedOver: result.passedOver };
      case "unchanged":
        return { stored, released: 0 };
    }
  },
);

function alreadyDecided(codes: readonly string[]): string {
  return `Somebody else decided about ${codes.length > 1 ? "these codes" : "this code"} meanwhile.`;
}
