/** Which records take part in a mapping: the others are neither created nor changed, and nothing of them is lost. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { person, syncWorld } from "./test-world";

const w = syncWorld();
const { world } = w;

function filtered(filter: string): void {
  const mappings = world.deps.published.mappings.map((mapping) =>
    mapping.kind === "individual" ? { ...mapping, document: { ...mapping.document, filter } } : mapping,
  );
  world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
}

const inOrg = (key: string) => world.org.get("Account", key);

describe("a mapping with a filter", () => {
  it("writes the records that take part, and leaves the others to other mappings", async () => {
    filtered('state = "ACTIVE"');
    await w.contacts(person("1", { state: "ACTIVE" }), person("2", { state: "CLOSED" }), person("3"));
    await w.drain();
    expect([inOrg("1"), inOrg("2"), inOrg("3")].map((account) => account !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
    expect(await w.states()).toEqual([
      { key: "1", state: "idle", code: null },
      { key: "2", state: "ignored", code: null },
      { key: "3", state: "ignored", code: null },
    ]);
  });

  it("follows what S-360 says: a record that takes part later is written then, and stays when it does not any more", async () => {
    filtered('state = "ACTIVE"');
    await w.contacts(person("1", { state: "CLOSED" }));
    await w.drain();
    await w.contacts({ contactNumber: "1", state: "ACTIVE" });
    await w.drain();
    expect(inOrg("1")).toMatchObject({ LastName: "Frank" });
    await w.contacts(person("1", { state: "CLOSED", individualContact: { individualLastName: "Moser" } }));
    await w.drain();
    expect(inOrg("1")).toMatchObject({ LastName: "Frank" });
  });

  it("takes a flag as S-360 writes it, and nothing for no", async () => {
    filtered('indicators[code="VIP"][0].value');
    const vip = (value: string) => ({ indicators: [{ code: "VIP", value }] });
    await w.contacts(person("1", vip("true")), person("2", vip("false")), person("3"));
    await w.drain();
    expect(world.org.rows.map(({ key }) => key)).toEqual(["1"]);
  });

  it("that fails on a record holds it in words, and the others go on", async () => {
    filtered('$number(function) > 1 or state = "ACTIVE"');
    await w.contacts(person("1", { state: "ACTIVE", function: "2" }), person("2", { function: "director" }));
    await w.drain();
    expect(inOrg("1")).toBeDefined();
    expect(await w.states()).toMatchObject([
      { key: "1", state: "idle" },
      { key: "2", state: "failed", code: "expression_failed" },
    ]);
  });

  it.each(["$count(addresses)", "individualContact", "indicators.code"])(
    "%s that gives neither true nor false holds the record: nobody is left out by a slip",
    async (filter) => {
      filtered(filter);
      const indicators = [{ code: "A" }, { code: "B" }];
      await w.contacts(person("1", { addresses: [{ town: "Lyon" }], indicators }));
      await w.drain();
      const [state] = await w.rows(sql`select state, fault->>'sentence' as sentence from record_direction`);
      expect(state).toMatchObject({
        state: "failed",
        sentence: expect.stringMatching(/true or false is needed/) as string,
      });
    },
  );

  it("that cannot be read holds every record: none is written by mistake", async () => {
    filtered("state = ");
    await w.contacts(person("1"));
    await w.drain();
    expect(await w.states()).toEqual([{ key: "1", state: "failed", code: "expression_failed" }]);
  });
});
