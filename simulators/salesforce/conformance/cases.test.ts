import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTopics, type OrgOfCase, type Topic } from "./case";
import { runCase } from "./run-case";
import type { Variables } from "./variables";
import { startSalesforceSimulator, type RunningSimulator } from "../server";

const topics = readTopics(join(import.meta.dirname, "cases"));
const shapes = [...new Set(topics.flatMap(({ cases }) => cases.map(({ org }) => JSON.stringify(org))))];
const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = { type: "pkcs8", format: "pem" } as const;

describe.each(shapes)("an org of the shape %s", (shapeText) => {
  const shape = JSON.parse(shapeText) as OrgOfCase;
  let simulator: RunningSimulator;
  const variables: Variables = new Map();

  beforeAll(async () => {
    simulator = await startSalesforceSimulator(shape);
    await introduce(simulator.url, variables);
  });
  afterAll(async () => {
    await simulator.close();
  });

  describe.each([1, 2])("round %i on the same running simulator", (round) => {
    describe.each(ofShape(topics, shapeText))("$topic", ({ file, cases }) => {
      it.each(cases.map((each, position) => ({ ...each, position })))("$name", async (each) => {
        const run = `${file.replaceAll("-", "")}${each.position}r${round}`;
        await runCase(simulator.url, each, new Map([...variables, ...timesFromNow(), ["run", run]]));
      });
    });
  });
});

describe("the case table", () => {
  it("has at least two hundred cases, each naming its source", () => {
    expect(topics.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(200);
  });
});

function ofShape(all: readonly Topic[], shapeText: string): Topic[] {
  return all
    .map((topic) => ({
      ...topic,
      cases: topic.cases.filter(({ org }) => JSON.stringify(org) === shapeText),
    }))
    .filter(({ cases }) => cases.length > 0);
}

/** Points in time as the API's parameters and as HTTP headers write them. */
function timesFromNow(): [string, string][] {
  const hoursMs = 3_600_000;
  const at = (hours: number) => new Date(Date.now() + hours * hoursMs);
  const parameter = (hours: number) =>
    encodeURIComponent(
      at(hours)
        .toISOString()
        .replace(/\.\d+Z$/, "+00:00"),
    );
  return [
    ["hourAgo", parameter(-1)],
    ["inAnHour", parameter(1)],
    ["dayAgo", parameter(-24)],
    ["twoDaysAgo", parameter(-48)],
    ["fortyDaysAgo", parameter(-960)],
    ["endOfThisMinute", encodeURIComponent(`${new Date().toISOString().slice(0, 16)}:59+00:00`)],
    ["httpInAnHour", at(1).toUTCString()],
  ];
}

/** Signs in, and keeps what every case may speak of. */
async function introduce(url: string, variables: Variables): Promise<void> {
  const form = { grant_type: "client_credentials", client_id: "demo-client", client_secret: "demo-secret" };
  const answer = await fetch(`${url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const { access_token: token, id } = (await answer.json()) as { access_token: string; id: string };
  const publicKeyPem = key.publicKey.export({ type: "spki", format: "pem" }).toString();
  await fetch(`${url}/__control/clients`, {
    method: "POST",
    body: JSON.stringify({
      clientId: "jwt-client",
      clientSecret: "jwt-secret",
      publicKeyPem,
      username: "integration@myvenue.example",
    }),
  });
  const [orgId = "", userId = ""] = id.split("/").slice(-2);
  const known = {
    url,
    host: new URL(url).host,
    api: "/services/data/v62.0",
    token,
    orgId,
    userId,
    clientPrivateKey: key.privateKey.export(pem).toString(),
    strangerPrivateKey: stranger.privateKey.export(pem).toString(),
  };
  for (const [name, value] of Object.entries(known)) variables.set(name, value);
}
