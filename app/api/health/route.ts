import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { webRuntime } from "@/lib/platform/runtime";

export const dynamic = "force-dynamic";

/** A database that hangs is away: whoever watches us must hear so before they give up themselves. */
const question = { text: "select id from connection limit 1", query_timeout: 3_000 };

/** 200 when calls can be taken and stored, else 503 with the reason. */
export async function GET(): Promise<Response> {
  try {
    await webRuntime().pool.query(question);
    return Response.json({ status: "ready" });
  } catch (error) {
    webRuntime().log.warn({ err: describeError(error) }, "not ready");
    const reason = isDatabaseAway(error)
      ? "The database cannot be reached."
      : "The database does not answer as expected.";
    return Response.json({ status: "unavailable", reason }, { status: 503, headers: { "retry-after": "5" } });
  }
}
