import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { isObject, objectsOf } from "../venue/json";

describe("the pages", () => {
  let s360: S360Simulator;
  const get = async (path: string) => {
    const response = await fetch(s360.url + path);
    return { status: response.status, text: await response.text() };
  };
  const submit = (path: string, fields: Record<string, string>) =>
    fetch(s360.url + path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const contact = (key: string) => s360.simulator.venue.body("contacts", key);

  beforeEach(async () => {
    s360 = await startS360Simulator({ demo: true, settings: { scheduleSeconds: 0 } });
  });
  afterEach(() => s360.close());

  it("list people, structures and orders, and find without accents or capitals", async () => {
    expect((await get("/")).text).toContain("People (250)");
    expect((await get("/?list=structures&q=etoile")).text).toContain("1 found");
    expect((await get("/?list=structures&q=etoile")).text).toContain("Étoile Productions");
    expect((await get("/?list=orders&q=10000930001")).text).toContain("/orders/10000930001");
    expect((await get("/?q=nobody-of-this-name")).text).toContain("Nothing found");
    expect((await get("/?list=nonsense&page=-4")).status).toBe(200);
  });

  it("escape what people are called and what was searched", async () => {
    const evil = `<script>alert("1")</script>'&`;
    s360.simulator.put("contacts", {
      contactNumber: evil,
      individualContact: { individualLastName: evil },
      communicationMeans: [{ email: `"><img src=x>` }],
    });
    const pages = ["/?q=script", `/?q=${encodeURIComponent(evil)}`, `/contacts/${encodeURIComponent(evil)}`];
    for (const path of pages) {
      const { status, text } = await get(path);
      expect(status).toBe(200);
      expect(text).toContain("&lt;script&gt;");
      expect(text).not.toMatch(/<script|<img/);
    }
  });

  it("change a person's form fields, keep the rest, and queue the number", async () => {
    const before = contact("0030100");
    await s360.simulator.webhooks.contacts.clear();
    const response = await submit("/contacts/0030100", {
      title: "MRS",
      individualFirstName: " Ada ",
      individualLastName: "O'Neill",
      email: "ada@mail.example",
      cellularPhone: "41 / 0790000000",
      phone: "",
      street1: "1 rue Neuve",
      street2: "",
      zipCode: "1950",
      town: "Sion",
      countryCode: "CH",
      emailAllowed: "no",
    });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/contacts/0030100"]);
    const after = contact("0030100");
    expect(after.individualContact).toMatchObject({
      individualFirstName: "Ada",
      individualLastName: "O'Neill",
    });
    expect(isObject(after.individualContact) && "birthday" in after.individualContact).toBe(true);
    expect(objectsOf(after.communicationMeans)[0]).toMatchObject({ email: "ada@mail.example" });
    expect(objectsOf(after.addresses)[0]).toMatchObject({ main: true, street2: null, town: "Sion" });
    expect(objectsOf(after.authorizations)).toContainEqual({ authorizationCode: "EMAIL", allowed: false });
    expect(after.contactCriteria).toEqual(before.contactCriteria);
    expect(s360.simulator.webhooks.contacts.queue.holds("0030100")).toBe(true);
  });

  it("leave a contact as it was when its form is saved without a change", async () => {
    const { text } = await get("/contacts/0030100");
    const fields = [...text.matchAll(/<input\s+name="(\w+)"\s+value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, value.replace(/&#39;/g, "'").replace(/&amp;/g, "&")],
    );
    expect(fields.length).toBeGreaterThan(8);
    const before = contact("0030100");
    const choices = [...text.matchAll(/<select name="(\w+)">.*?<option selected>([^<]*)</gs)].map((match) =>
      match.slice(1),
    );
    await submit("/contacts/0030100", Object.fromEntries([...fields, ...choices]));
    expect(contact("0030100")).toEqual(before);
  });

  it("create a person under a new number", async () => {
    const response = await submit("/contacts/new", {
      individualLastName: "Newcomer",
      town: "Bern",
      countryCode: "CH",
    });
    expect(response.headers.get("location")).toBe("/contacts/0030271");
    expect(contact("0030271")).toMatchObject({
      contactNumber: "0030271",
      individualContact: { individualLastName: "Newcomer", individualFirstName: null },
      addresses: [{ main: true, town: "Bern" }],
    });
  });

  it("make an order for a contact, queue without a change, and start a run", async () => {
    await submit("/contacts/0030100/order", {});
    expect(s360.simulator.venue.body("orders", "10000930121")).toMatchObject({ contactReference: "0030100" });
    await s360.simulator.webhooks.orders.clear();
    await submit("/orders/10000930001/queue", {});
    expect(s360.simulator.webhooks.orders.queue.holds("10000930001")).toBe(true);
    expect((await submit("/run", { stream: "orders" })).headers.get("location")).toBe("/");
  });

  it.each(["/contacts/404", "/orders/404", "/nothing", "/contacts/0030100/what", "/favicon.ico"])(
    "say that %s is not there",
    async (path) => {
      const { status, text } = await get(path);
      expect(status).toBe(404);
      expect(text).toContain("Not possible");
    },
  );

  it("answer 400 to an address that cannot be decoded", async () => {
    expect((await get("/contacts/%E0%A4%A")).status).toBe(400);
  });
});
