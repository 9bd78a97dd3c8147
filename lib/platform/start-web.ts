import { loadConfig } from "./config";
import { logConsole } from "./console-log";
import { createLogger } from "./log";

/** What the web process does first: what libraries print goes to the log. */
export function startWeb(): void {
  logConsole(createLogger("web", loadConfig().logLevel));
}
