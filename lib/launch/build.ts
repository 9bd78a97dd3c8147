import { spawn } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build as bundle } from "esbuild";
import { childEnvironment } from "@/lib/platform/config";
import { fingerprintSources } from "./fingerprint";
import type { Journal } from "./journal";

/** The long-running processes, and where their bundles go. */
export const BUNDLES = {
  web: { entry: "lib/web/main.ts", output: ".build/web.mjs" },
  worker: { entry: "lib/worker/main.ts", output: ".build/worker.mjs" },
  salesforceSimulator: { entry: "simulators/salesforce/main.ts", output: ".build/salesforce-simulator.mjs" },
  s360Simulator: { entry: "simulators/s360/main.ts", output: ".build/s360-simulator.mjs" },
} as const;

const NEXT = "node_modules/next/dist/bin/next";

/** Builds everything unless the sources are those of the last build. @throws Error when the build fails */
export async function buildIfChanged(root: string, journal: Journal, signal: AbortSignal): Promise<void> {
  const stamp = join(root, ".next/.build");
  const fingerprint = fingerprintSources(root);
  if (isBuilt(root) && readFileSync(stamp, "utf8") === fingerprint) return;
  journal.say("building the app (only when its sources changed)");
  const startedAt = performance.now();
  rmSync(stamp, { force: true });
  await bundleProcesses(root);
  await buildWeb(root, journal, signal);
  writeFileSync(stamp, fingerprint);
  journal.say(`built in ${Math.round((performance.now() - startedAt) / 1000)} s`);
}

function isBuilt(root: string): boolean {
  const results = [".next/.build", ".next/BUILD_ID", ...Object.values(BUNDLES).map(({ output }) => output)];
  return results.every((path) => statSync(join(root, path), { throwIfNoEntry: false }));
}

async function bundleProcesses(root: string): Promise<void> {
  const each = Object.values(BUNDLES).map(({ entry, output }) =>
    bundle({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: output,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      sourcemap: true,
      logLevel: "silent",
    }),
  );
  await Promise.all(each);
}

async function buildWeb(root: string, journal: Journal, signal: AbortSignal): Promise<void> {
  const env = {
    ...childEnvironment({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
  } as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [NEXT, "build"], {
    cwd: root,
    env,
    signal,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => journal.take("build", line));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The app could not be built (exit code ${code}); the lines above say why.`);
}
