/** A backlog drained by two batches at a time, against a simulated org. */
import pino from "pino";
import { expect, it } from "vitest";
import type { OpenDeps } from "./open-deps";
import { drainConnection } from "./drain";
import { orgWorld, person } from "./test-org-world";

const w = orgWorld();
const log = pino({ level: "silent" });
const backlog = Array.from({ length: 2_100 }, (_, nth) => person(String(nth)));

const drain = (openDeps: OpenDeps, signal?: AbortSignal) =>
  drainConnection({
    ...{ db: w.database.db, log, openDeps, signal },
    connectionId: w.world.connectionId,
    direction: "in",
    gathers: true,
  });

/** The org answers only when it is let go on; it can be opened so many times. */
function slowOrg({ opens }: { readonly opens: number }) {
  let opened = 0;
  let letGo: () => void = () => undefined;
  const going = new Promise<void>((resolve) => (letGo = resolve));
  const openDeps: OpenDeps = async (...given) => {
    if (++opened > opens) throw new Error("the database is away");
    const deps = await w.openDeps(...given);
    const write: typeof deps.side.write = async (...rows) => {
      await going;
      return deps.side.write(...rows);
    };
    return { ...deps, side: { ...deps.side, write, bulk: undefined } };
  };
  return { openDeps, letGo: () => letGo() };
}

it("a batch that breaks while another is at the org stops neither that one nor the worker, and is told", async () => {
  await w.contacts(...backlog);
  const org = slowOrg({ opens: 1 });
  const drained = drain(org.openDeps);
  const told = expect(drained).rejects.toThrow("the database is away");
  // Long enough for what nobody listens to to end the process.
  await new Promise((resolve) => setTimeout(resolve, 500));
  org.letGo();
  await told;
  expect(await w.records("Account")).toHaveLength(1_000);
});

it("what is still waited for more when the worker is told to stop is left to others", async () => {
  await w.contacts(...backlog.slice(0, 3));
  const stopping = new AbortController();
  const drained = drain(w.openDeps, stopping.signal);
  await new Promise((resolve) => setTimeout(resolve, 100));
  stopping.abort();
  expect(await drained).toMatchObject({ records: 0 });
  expect((await w.states()).map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
});
