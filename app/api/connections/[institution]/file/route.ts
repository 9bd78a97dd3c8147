import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { exportConnection } from "@/lib/connections/export";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = z.object({ institution: z.string() });

/** The file of a connection, as `npm run connector -- export` writes it: without its secrets. */
export const GET = route({ params }, async ({ params: { institution } }) => {
  const file = await exportConnection(webRuntime().db, institution);
  if (file === null) throw notFound("There is no connection with this institution code.");
  const headers = {
    "content-type": "application/yaml; charset=utf-8",
    "content-disposition": `attachment; filename="${encodeURIComponent(institution)}.yaml"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(file, { headers });
});
