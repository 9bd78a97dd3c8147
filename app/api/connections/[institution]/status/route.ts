import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { connectionStatus } from "@/lib/connections/status";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = z.object({ institution: z.string() });

/** How a connection is doing now. */
export const GET = route({ params }, async ({ params: { institution } }) => {
  const status = await connectionStatus(webRuntime().db, institution);
  if (!status) throw notFound("There is no connection with this institution code.");
  return status;
});
