import { readFileSync } from "node:fs";
import { complainAboutNode } from "./node-version";
import type { StartPlan } from "./plan";

/** npm passes a Ctrl-C on to us that the terminal has sent us already: two within this time are one. */
const SAME_SIGNAL_MS = 1_000;

function readPlan({ planOf, usage }: typeof import("./plan")): StartPlan {
  try {
    const plan = planOf(process.argv.slice(2));
    if (plan) return plan;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

function listenForStops() {
  const stopping = new AbortController();
  let firstAt = 0;
  let kill = () => {};
  const stop = () => {
    if (!stopping.signal.aborted) {
      firstAt = Date.now();
      stopping.abort();
    } else if (Date.now() - firstAt > SAME_SIGNAL_MS) {
      kill();
      process.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // A closed terminal must not end the supervisor before it has stopped the others.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return {
    signal: stopping.signal,
    onInsist(action: () => void) {
      kill = action;
    },
  };
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isDenied = "code" in error && error.code === "EACCES" && "path" in error;
  if (!isDenied) return error.message;
  return `${error.path} belongs to another user, probably because the connector was once started as that user. Start it as that user again, or give the whole folder to one user with chown -R.`;
}

async function main(): Promise<number> {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
  const complaint = complainAboutNode(process.version, engines.node);
  if (complaint) {
    console.error(complaint);
    return 1;
  }
  const plan = readPlan(await import("./plan"));
  const { run } = await import("./run");
  try {
    await run(plan, listenForStops());
    return 0;
  } catch (error) {
    if (error instanceof Error && error.name === "AlreadyRunning") {
      console.log(error.message);
      return 0;
    }
    console.error(`\n${explain(error)}`);
    return 1;
  }
}

process.exit(await main());
