/** Both adapters through a proxy: to the simulated org and the simulated venue, which it knows by other names. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FaultError, type Fault } from "@/lib/core/faults";
import { createOutbound } from "@/lib/platform/outbound/outbound";
import { openContactSide } from "@/lib/s360/contact-side";
import { configFor } from "@/lib/s360/test-scripted-venue";
import { openSalesforceSide } from "@/lib/salesforce/side";
import { startSimulatedOrg, type SimulatedOrg } from "@/lib/salesforce/test-simulated-org";
import { startS360Simulator, type S360Simulator } from "@/simulators/s360/server";
import { startConnectProxy, type ConnectProxy } from "@/testing/connect-proxy";

let org: SimulatedOrg;
let venue: S360Simulator;
let proxy: ConnectProxy;

beforeEach(async () => {
  org = await startSimulatedOrg();
  const settings = { pushTo: "http://127.0.0.1:9", scheduleSeconds: 0, trickleSeconds: 0 };
  venue = await startS360Simulator({ settings });
  venue.simulator.put("contacts", { contactNumber: "0012345", type: "INDIVIDUAL", individualContact: {} });
  const port = (address: string) => Number(new URL(address).port);
  proxy = await startConnectProxy({ "org.example": port(org.url), "venue.example": port(venue.url) });
});

afterEach(async () => {
  await Promise.all([proxy.close(), org.close(), venue.close()]);
});

function open(noProxy?: string) {
  const outbound = createOutbound({ httpProxy: proxy.url, noProxy });
  const s360 = configFor("http://venue.example", { secret: "demo-s360-secret", outbound });
  return {
    contacts: openContactSide(s360),
    side: openSalesforceSide({ ...org.config, loginUrl: "http://org.example", outbound }),
  };
}

async function faultOf(call: Promise<unknown>): Promise<Fault> {
  const thrown: unknown = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof FaultError) return thrown.fault;
  throw new Error(`no fault: ${String(thrown)}`);
}

test("S-360 is reached through it", async () => {
  const contact = await open().contacts.read("0012345");
  expect(contact).toMatchObject({ contactNumber: "0012345" });
  expect(proxy.asked).toEqual(["venue.example:80"]);
});

test("Salesforce is signed in to, read and written through it, and counts the calls as ever", async () => {
  const objects = await open().side.writableObjects();
  expect(objects.map(({ name }) => name)).toContain("Account");
  expect(new Set(proxy.asked)).toEqual(new Set(["org.example:80"]));
  expect(await org.apiCalls()).toBe(1);
});

describe("a proxy that is away", () => {
  test("is named as what stands in the way, to both systems", async () => {
    const { contacts, side } = open();
    await proxy.close();
    const host = new URL(proxy.url).host;
    const sentence = `The proxy ${host} that leads out cannot be reached (ECONNREFUSED). Check the proxy and HTTP_PROXY.`;
    expect(await faultOf(contacts.read("0012345"))).toMatchObject({ code: "s360_unreachable", sentence });
    expect(await faultOf(side.writableObjects())).toMatchObject({ code: "org_unreachable", sentence });
  });
});

test("a proxy that refuses is not taken for the org or the venue", async () => {
  const { contacts, side } = open();
  proxy.refusal = 403;
  const says = { sentence: expect.stringContaining("does not let the connector through") as string };
  expect(await faultOf(contacts.read("0012345"))).toMatchObject({ code: "s360_unreachable", ...says });
  expect(await faultOf(side.writableObjects())).toMatchObject({ code: "org_unreachable", ...says });
});
