import { logConsole } from "@/lib/platform/console-log";
import { webRuntime } from "@/lib/platform/runtime";

/** Next.js calls this once, when the web process starts. */
export function register(): void {
  logConsole(webRuntime().log);
}
