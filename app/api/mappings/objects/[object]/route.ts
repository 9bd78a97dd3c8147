import { z } from "zod";
import { noObject, withOrg } from "@/app/api/mappings/ask-org";
import { connectionOf } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { keyFieldsOf, writtenName } from "@/lib/mappings/create";

const query = z.object({ connection: z.string() });
const params = z.object({
  object: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, "must be the API name of an object"),
});

/** The fields of an object that can carry S-360's number, and its name as mappings write it. */
export const GET = route({ params, query }, async ({ params: { object }, query: { connection } }) =>
  withOrg(await connectionOf(connection), async (side) => {
    const { facts, objects } = await side.describe([object]);
    const describe = objects.get(object);
    if (!describe) throw noObject(object);
    return { object: writtenName(object, facts.prefix), keyFields: keyFieldsOf(describe, facts.prefix) };
  }),
);
