import { found, importParams as params } from "@/app/api/imports/found";
import { route } from "@/app/api/route-handler";
import { readCanary } from "@/lib/imports/canary";
import { webRuntime } from "@/lib/platform/runtime";

/** The first records of an import, and what was written of them. */
export const GET = route({ params }, async ({ params: { id } }) =>
  found(await readCanary(webRuntime().db, id)),
);
