import { spawn } from "node:child_process";
import { once } from "node:events";
import { childEnvironment } from "../../lib/platform/config";

export interface OwnProcess {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Another node process, which ends with this one. What it says is not kept: its work tells whether it is well. */
export function startProcess(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): OwnProcess {
  const child = spawn(process.execPath, ["--import", "./lib/launch/exit-with-parent.js", ...args], {
    env: { ...childEnvironment(settings) } as NodeJS.ProcessEnv,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return {
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
