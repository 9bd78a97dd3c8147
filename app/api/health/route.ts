import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { webRuntime } from "@/lib/platform/runtime";
import { sharedTime, TooLateError } from "@/lib/platform/shared-time";

export const dynamic = "force-dynamic";

/** A database that hangs is away: whoever watches us must hear so before they give up themselves. */
const question = { text: "select id from connection limit 1", query_timeout: 3_000 };
/** With the time that the question waits for a connection. */
const answerWithinMs = 4_000;

/** 200 when calls can be taken and stored, and pages be shown, else 503 with the reason. */
export async function GET(): Promise<Response> {
  try {
    const { pool, doorPool } = webRuntime();
    await sharedTime(answerWithinMs)(Promise.all([pool, doorPool].map((each) => each.query(question))));
    return Response.json({ status: "ready" });
  } catch (error) {
    webRuntime().log.warn({ err: describeError(error) }, "not ready");
    const reason = reasonOf(error);
    return Response.json({ status: "unavailable", reason }, { status: 503, headers: { "retry-after": "5" } });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TooLateError) return "The database does not answer in time, or is too busy to.";
  if (isDatabaseAway(error)) return "The database cannot be reached.";
  return "The database does not answer as expected.";
}
