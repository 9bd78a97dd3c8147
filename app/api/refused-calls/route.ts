import { route } from "@/app/api/route-handler";
import { readRefusedCalls } from "@/lib/inbox/refused-calls";
import { webRuntime } from "@/lib/platform/runtime";

/** Webhook calls of the last seven days that were not answered with 200, of all institutions. */
export const GET = route({}, () => readRefusedCalls(webRuntime().config.dataFolder));
