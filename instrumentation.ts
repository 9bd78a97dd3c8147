import { loadConfig } from "@/lib/platform/config";
import { logConsole } from "@/lib/platform/console-log";
import { createLogger } from "@/lib/platform/log";

/** Next.js calls this once, when the web process starts. */
export function register(): void {
  logConsole(createLogger("web", loadConfig().logLevel));
}
