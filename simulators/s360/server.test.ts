import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator } from "./server";
import { startReceiver, type Receiver } from "./testing/receiver";

describe("a simulator that starts, stops and starts again", () => {
  let folder: string;
  let receiver: Receiver;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "s360-"));
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    rmSync(folder, { recursive: true });
  });

  it("sends the whole demo venue in its first run", async () => {
    const s360 = await startS360Simulator({
      demo: true,
      settings: { pushTo: receiver.url, scheduleSeconds: 600, batchSize: 500, bucketSize: 50 },
    });
    await s360.simulator.run();
    const sizes = (stream: string) =>
      receiver.received
        .filter(({ path }) => path.includes(stream))
        .map(({ body }) => Array.isArray(body) && body.length);
    expect(sizes("contacts")).toEqual([50, 50, 50, 50, 50, 20]);
    expect(sizes("orders")).toEqual([50, 50, 20]);
    await s360.close();
  });

  it("goes on where it stopped, with edits, queue and tries, when it has a state file", async () => {
    const options = {
      demo: true,
      stateFile: join(folder, "state.json"),
      settings: { pushTo: receiver.url, scheduleSeconds: 0, batchSize: 500, bucketSize: 300 },
    };
    const first = await startS360Simulator(options);
    await first.simulator.run();
    receiver.answer = () => 503;
    first.simulator.put("contacts", {
      contactNumber: "1",
      individualContact: { individualLastName: "Kept" },
    });
    await first.simulator.run();
    await first.close();
    receiver.answer = () => 200;
    const second = await startS360Simulator(options);
    expect(second.simulator.venue.counts()).toEqual(first.simulator.venue.counts());
    expect(second.simulator.newContactNumber()).toMatchObject({ contactNumber: "0030271" });
    await second.simulator.run();
    expect(receiver.payloads().at(-1)).toMatchObject([{ individualContact: { individualLastName: "Kept" } }]);
    expect(second.simulator.deliveries.latest(5)).toMatchObject([{ attempt: 2, keys: ["1"] }]);
    await second.close();
  });

  it("refuses a state file of another institution or another program", async () => {
    const stateFile = join(folder, "state.json");
    const s360 = await startS360Simulator({ stateFile });
    await s360.close();
    await expect(startS360Simulator({ stateFile, institution: "other" })).rejects.toThrow(
      "belongs to the institution",
    );
    writeFileSync(stateFile, '{"name":"package"}');
    await expect(startS360Simulator({ stateFile })).rejects.toThrow("not written by this simulator");
    writeFileSync(stateFile, "{");
    await expect(startS360Simulator({ stateFile })).rejects.toThrow("cannot be read");
  });

  it("stops at once although a receiver stays silent, and that try is not counted", async () => {
    receiver.answer = () => "stay silent";
    const s360 = await startS360Simulator({ settings: { pushTo: receiver.url, scheduleSeconds: 0 } });
    s360.simulator.put("contacts", { contactNumber: "1" });
    const run = s360.simulator.run();
    while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await s360.close();
    await run;
    expect(s360.simulator.webhooks.contacts.queue.waitingBuckets()).toMatchObject([{ tries: 0 }]);
  });

  it("rejects when its port is taken", async () => {
    const first = await startS360Simulator();
    await expect(startS360Simulator({ port: first.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await first.close();
  });
});
