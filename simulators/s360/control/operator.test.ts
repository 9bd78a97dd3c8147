import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { contacts, control } from "../testing/api-client";
import { startReceiver, type Receiver } from "../testing/receiver";
import { objectsOf, type JsonObject } from "../venue/json";

describe("what an operator does", () => {
  let receiver: Receiver;
  let s360: S360Simulator;
  const stored = (number: string) => s360.simulator.venue.body("contacts", number);
  const queued = (number: string) => s360.simulator.webhooks.contacts.queue.holds(number);
  const notFound = { statusCode: "error", statusDetail: "error.contact.notFound" };

  beforeEach(async () => {
    receiver = await startReceiver();
    s360 = await startS360Simulator({
      demo: true,
      settings: { pushTo: receiver.url, scheduleSeconds: 0, batchSize: 500, bucketSize: 500 },
    });
    await s360.simulator.webhooks.contacts.clear();
  });
  afterEach(async () => {
    await s360.close();
    await receiver.close();
  });

  it("anonymises a contact: names and personal sections go, numbers and orders stay, the webhook tells", async () => {
    const before = stored("0030100");
    const orders = [...s360.simulator.venue.orders.values()];
    const { body } = await control(s360, "POST", "anonymise", { contactNumber: "0030100" });
    expect(body).toEqual({ queued: ["0030100"] });
    const expected: JsonObject = {
      contactNumber: "0030100",
      contactId: before.contactId ?? null,
      creationDate: before.creationDate ?? null,
      type: "INDIVIDUAL",
      role: before.role ?? null,
      state: "ACCOUNT_DELETED",
      function: null,
      individualContact: {
        title: "UNDEFINED",
        individualFirstName: "XXXXXXXX",
        individualLastName: "XXXXXXXX",
        birthday: null,
        language: null,
      },
      addresses: [],
      communicationMeans: [],
      authorizations: [],
      contactCriteria: [],
      indicators: [],
      contactConnections: before.contactConnections ?? null,
    };
    expect(await contacts(s360, "getContactData", { contactNumber: "0030100" })).toMatchObject(expected);
    expect([...s360.simulator.venue.orders.values()]).toEqual(orders);
    await s360.simulator.run("contacts");
    expect(receiver.payloads()).toEqual([[expected]]);
  });

  it("merges two contacts: the head gets the orders and is queued, the loser is gone without a word", async () => {
    const loser = "0030100";
    s360.simulator.newOrder(loser);
    s360.simulator.queue("contacts", [loser]);
    const ofLoser = () =>
      [...s360.simulator.venue.orders.values()].filter(({ contactReference }) => contactReference === loser);
    const count = ofLoser().length;
    const head = stored("0030101");
    const { body } = await control(s360, "POST", "merge", { head: "0030101", loser });
    expect(body).toEqual({ queued: ["0030101"], movedOrders: count });
    expect(ofLoser()).toEqual([]);
    expect(await contacts(s360, "getContactData", { contactNumber: loser })).toMatchObject(notFound);
    expect(stored("0030101")).toBe(head);
    await s360.simulator.run("contacts");
    expect(receiver.payloads()).toEqual([[head]]);
  });

  it("takes a merged number out of payloads that wait to be sent again", async () => {
    receiver.answer = () => 503;
    s360.simulator.queue("contacts", ["0030100", "0030101"]);
    await s360.simulator.run("contacts");
    await control(s360, "POST", "merge", { head: "0030102", loser: "0030100" });
    await control(s360, "POST", "merge", { head: "0030102", loser: "0030101" });
    receiver.answer = () => 200;
    await s360.simulator.run("contacts");
    const numbers = receiver.payloads().map((items) => items.map(({ contactNumber }) => contactNumber));
    expect(numbers.slice(1)).toEqual([["0030102"]]);
  });

  it("reconnects relays when their structure is merged into another", async () => {
    const structures = [...s360.simulator.venue.contacts.values()].filter(({ type }) => type === "STRUCTURE");
    const [head, loser] = structures.map(({ contactNumber }) => String(contactNumber));
    const relaysOf = (number: string | undefined) =>
      [...s360.simulator.venue.contacts.values()].filter((contact) =>
        objectsOf(contact.contactConnections).some(({ contactNumber }) => contactNumber === number),
      ).length;
    const all = relaysOf(head) + relaysOf(loser);
    await control(s360, "POST", "merge", { head, loser });
    expect([relaysOf(head), relaysOf(loser)]).toEqual([all, 0]);
  });

  it.each([
    ["merge", { head: "0030100", loser: "0030100" }, "into itself"],
    ["merge", { head: "0030100", loser: "404" }, "404"],
    ["merge", { head: "404", loser: "0030100" }, "404"],
    ["merge", { head: "0030100", loser: "0030001" }, "one is a structure"],
    ["merge", { loser: "0030100" }, "head"],
    ["anonymise", { contactNumber: "404" }, "404"],
    ["anonymise", {}, "contactNumber"],
    ["rotate-secret", { secret: "" }, "secret"],
    ["settings", { api: { lists: "append" } }, "api.lists"],
    ["settings", { api: { overLimitStatus: 503 } }, "api.overLimitStatus"],
    ["settings", { api: { speed: 3 } }, "api"],
  ])("is refused when it makes no sense: %s %j", async (word, sent, named) => {
    const { status, body } = await control(s360, "POST", word, sent);
    expect(status).toBe(400);
    expect(body.error).toContain(named);
  });

  it("does not merge into a contact that was anonymised", async () => {
    await control(s360, "POST", "anonymise", { contactNumber: "0030100" });
    const { status, body } = await control(s360, "POST", "merge", { head: "0030100", loser: "0030101" });
    expect([status, body.error]).toEqual([400, "0030100 was anonymised and cannot be the head."]);
  });

  it("is told apart from what the API writes", async () => {
    const writer = (number: string) => s360.simulator.lastWrites.of(number)?.by;
    expect(writer("0030100")).toBeUndefined();
    await contacts(s360, "saveIndividualContactData", { contactNumber: "0030100", function: "Director" });
    await control(s360, "POST", "contacts", { ...stored("0030101"), function: "Director" });
    expect([writer("0030100"), writer("0030101"), queued("0030100")]).toEqual(["api", "operator", true]);
  });
});
