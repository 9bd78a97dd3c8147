import { readCommandLine, usage } from "./command-line";
import { startS360Simulator, type S360SimulatorOptions } from "./server";

function fail(message: string): never {
  console.error(`S-360 simulator: ${message}`);
  process.exit(1);
}

function options(): S360SimulatorOptions {
  try {
    const read = readCommandLine(process.argv.slice(2));
    if (read !== "help") return read;
  } catch (error) {
    fail(`${error instanceof Error ? error.message : error} Try --help.`);
  }
  console.log(usage);
  process.exit(0);
}

const chosen = options();
const started = await startS360Simulator({ ...chosen, log: (line) => console.log(line) }).catch(
  (error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      fail(`port ${chosen.port} is taken. Stop what uses it or choose another --port.`);
    return fail(error instanceof Error ? error.message : String(error));
  },
);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    started.close().then(
      () => process.exit(0),
      (error: unknown) => fail(`could not stop cleanly: ${error instanceof Error ? error.message : error}`),
    );
  });
}

const { simulator, url } = started;
const { individual, relay, structure, orders } = simulator.venue.counts();
console.log(
  `S-360 simulator ready at ${url}: institution ${simulator.institution}, ${individual} people, ` +
    `${structure} structures with ${relay} relays, ${orders} orders; pushes to ${simulator.settings.pushTo}`,
);
