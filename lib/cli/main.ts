/** The command line: `npm run connector -- <command>`. */
import { childEnvironment } from "@/lib/platform/config";
import { run } from "./run";

const stop = new AbortController();
process.once("SIGINT", () => {
  process.stderr.write("Finishing what is in hand; press Ctrl-C again to leave at once.\n");
  stop.abort();
});

const env = childEnvironment({});
process.exitCode = await run(process.argv.slice(2), {
  env,
  // npm runs scripts in the project's folder; INIT_CWD is where the person is.
  folder: env["INIT_CWD"] ?? ".",
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  signal: stop.signal,
});
