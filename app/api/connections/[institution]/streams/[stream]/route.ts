import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { setPaused } from "@/lib/connections/pause";
import { streams } from "@/lib/core/words";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = z.object({ institution: z.string(), stream: z.enum(streams) });
const body = z.strictObject({ paused: z.boolean() });

/** Pauses or resumes a stream. */
export const PATCH = route({ params, body }, async ({ params: { institution, stream }, body, session }) => {
  const { paused } = body;
  const outcome = await setPaused(webRuntime().db, { institution, stream, paused, actor: session.email });
  if (outcome === "missing") throw notFound("There is no connection with this institution code.");
  return { paused };
});
