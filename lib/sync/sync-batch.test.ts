import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { PublishedMappings } from "@/lib/core/mapping/published";
import { syncBatch } from "./sync-batch";
import { person, relay, sale, structure, syncWorld } from "./test-world";

const { world, rows, publishDefaults, contacts, orders, states, outcomes, drain, take } = syncWorld();

function withBlankDescription(published: PublishedMappings): PublishedMappings {
  const mappings = published.mappings.map((mapping) => {
    const [first] = mapping.document.lines;
    if (mapping.name !== "individual" || !first) return mapping;
    const line = {
      ...first,
      target: "Phone",
      expression: "function",
      when: "blank" as const,
      required: undefined,
    };
    return { ...mapping, document: { ...mapping.document, lines: [...mapping.document.lines, line] } };
  });
  return { ...published, mappings };
}

describe("a batch", () => {
  it("waits once for a record that two mappings wait for", async () => {
    const { mappings } = world.deps.published;
    const [second] = await rows(sql`
      with second as (
        insert into mapping (connection_id, name, direction, kind, draft)
        select connection_id, 'second', direction, kind, draft from mapping where kind = 'operation' returning id, draft)
      insert into mapping_version (mapping_id, number, document, comment, published_by)
      select id, 1, draft, '', 'test' from second returning id, mapping_id`);
    const versionId = Number(second?.["id"]);
    const mappingId = Number(second?.["mapping_id"]);
    await rows(sql`update mapping set published_version_id = ${versionId} where id = ${mappingId}`);
    const again = mappings.flatMap((mapping) =>
      mapping.kind === "operation" ? [{ ...mapping, name: "second", mappingId, versionId }] : [],
    );
    world.deps = {
      ...world.deps,
      published: { ...world.deps.published, mappings: [...mappings, ...again] },
    };
    await orders(sale(1, "9"));
    await syncBatch(world.deps, await take(10));
    expect(await states()).toMatchObject([{ key: "10", state: "waiting" }]);
    expect(await rows(sql`select r.key from waiting w join record r on r.id = w.awaited_id`)).toEqual([
      { key: "9" },
    ]);
  });

  it("writes a full payload in one call, relays pointing to structures created in the same call", async () => {
    await contacts(...(JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as unknown[]));
    await drain();
    expect(world.org.writes.map((call) => call.length)).toEqual([50]);
    expect(await rows(sql`select state, count(*)::int as n from record_direction group by state`)).toEqual([
      { state: "idle", n: 50 },
    ]);
    expect(world.org.get("Contact", "0012045")).toMatchObject({ AccountId: "0012004", Title: "Comptable" });
  });

  it("makes no call at all for what has not changed", async () => {
    await contacts(person("1"), structure("2"), relay("3", "2"));
    await orders(sale(1, "1"));
    await drain();
    const [finds, writes] = [world.org.finds, world.org.writes.length];
    await contacts(person("1"), structure("2"), relay("3", "2"));
    await orders(sale(1, "1"));
    await drain();
    expect([world.org.finds, world.org.writes.length]).toEqual([finds, writes]);
    expect((await outcomes()).map((row) => row["outcome"])).toEqual([
      ...["synced", "synced", "synced", "synced"],
      ...["unchanged", "unchanged", "unchanged", "unchanged"],
    ]);
  });

  it("sends only the fields that changed, by Salesforce id", async () => {
    await contacts(person("1"));
    await drain();
    await contacts({
      contactNumber: "1",
      individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: "Moser" },
    });
    await drain();
    expect(world.org.writes[1]).toMatchObject([{ id: "id-1", fields: { LastName: "Moser" } }]);
    const attempts = await rows(
      sql`select outcome, before, after, call_rows from attempt order by id desc limit 1`,
    );
    expect(attempts).toEqual([
      { outcome: "updated", before: { LastName: "Frank" }, after: { LastName: "Moser" }, call_rows: 1 },
    ]);
  });

  it("settles row by row: one refusal, the others written", async () => {
    const fault = { code: "validation_rule", sentence: "No Franks on Sundays." } as const;
    world.org.refuse = (row) => (row.key === "2" ? fault : null);
    await contacts(person("1"), person("2"), person("3"));
    await drain();
    expect(await states()).toEqual([
      { key: "1", state: "idle", code: null },
      { key: "2", state: "failed", code: "validation_rule" },
      { key: "3", state: "idle", code: null },
    ]);
  });

  it("keeps what a failed full payload brought when a partial one succeeds", async () => {
    const fault = { code: "validation_rule", sentence: "Refused for now." } as const;
    world.org.refuse = () => fault;
    const addresses = [
      { main: true, street1: "1 rue du Lac", town: "Lausanne", zipCode: "1004", countryCode: "CH" },
    ];
    await contacts(person("1", { addresses }));
    await drain();
    world.org.refuse = () => null;
    await contacts({
      contactNumber: "1",
      individualContact: { title: "MR", individualFirstName: "E.", individualLastName: "Frank" },
    });
    await drain();
    expect(world.org.get("Account", "1")).toMatchObject({
      Salutation: "Mr.",
      PersonMailingCity: "Lausanne",
      PersonMailingStreet: "1 rue du Lac",
    });
    expect((await outcomes()).map((row) => row["outcome"])).toEqual(["superseded", "synced"]);
  });
});

describe("waiting", () => {
  it("parks a relay until its structure comes, and a sale until its contact comes", async () => {
    await contacts(relay("3", "2"));
    await orders(sale(1, "9"));
    await drain();
    expect(await states()).toEqual([
      { key: "10", state: "waiting", code: "reference_missing" },
      { key: "3", state: "waiting", code: "reference_missing" },
    ]);
    await contacts(structure("2"), person("9"));
    await drain();
    expect((await states()).every((row) => row["state"] === "idle")).toBe(true);
    expect(world.org.get("Contact", "3")).toMatchObject({ AccountId: "2" });
    expect(world.org.get("SecutixSale__c", "10")).toMatchObject({ Account__c: "9" });
    expect(await rows(sql`select * from waiting`)).toEqual([]);
  });

  it("points a sale of a relay to the Contact, and an anonymous one to nobody", async () => {
    await contacts(structure("2"), relay("3", "2"));
    await orders(sale(1, "3"), sale(2, undefined));
    await drain();
    expect(world.org.get("SecutixSale__c", "10")).toMatchObject({
      Contact__c: "3",
      ContactSTXNumber__c: "3",
    });
    expect(world.org.get("SecutixSale__c", "10")).not.toHaveProperty("Account__c");
    expect(world.org.get("SecutixSale__c", "20")).not.toHaveProperty("Contact__c");
  });

  it("parks a relay whose structure was refused in the same call, and releases it with the structure", async () => {
    world.org.refuse = (row) =>
      row.key === "2" ? { code: "validation_rule", sentence: "Not this company." } : null;
    await contacts(structure("2"), relay("3", "2"));
    await drain();
    expect(await states()).toEqual([
      { key: "2", state: "failed", code: "validation_rule" },
      { key: "3", state: "waiting", code: "reference_missing" },
    ]);
    world.org.refuse = () => null;
    await contacts(structure("2"));
    await drain();
    expect((await states()).map((row) => row["state"])).toEqual(["idle", "idle"]);
  });
});

describe("waiting for a record that is still linked by a mapping of other days", () => {
  it("a relay whose structure was refused in the same call is not tried again before the structure is there", async () => {
    world.org.refuse = (row) =>
      row.key === "2" ? { code: "validation_rule", sentence: "Not this company." } : null;
    await contacts(structure("2"), relay("3", "2"));
    await rows(sql`
      with retired as (
        insert into mapping (connection_id, name, direction, kind, draft)
        values (${world.connectionId}, 'Venue', 'in', 'structure', '{}') returning id)
      insert into link (connection_id, record_id, mapping_id, object, salesforce_id, key, base, base_version)
      select r.connection_id, r.id, retired.id, 'Venue__c', 'a00000000000001AAA', '2', '{}', 1
      from retired join record r on r.key = '2'`);
    await drain();
    expect(await states()).toMatchObject([
      { key: "2", state: "failed" },
      { key: "3", state: "waiting" },
    ]);
    expect(await rows(sql`select outcome from attempt where object = 'Contact'`)).toEqual([
      { outcome: "waiting" },
    ]);
  });
});

describe("a field to be written only if blank", () => {
  it("is written where the org holds nothing, and left where it holds something", async () => {
    await contacts(person("1"), person("2"));
    await drain();
    world.deps = { ...world.deps, published: withBlankDescription(world.deps.published) };
    world.org.set("Account", "2", { Phone: "typed by a person" });
    await contacts(person("1", { function: "+41791234567" }), person("2", { function: "+41791234567" }));
    await drain();
    expect(world.org.get("Account", "1")).toMatchObject({ Phone: "+41791234567" });
    expect(world.org.get("Account", "2")).toMatchObject({ Phone: "typed by a person" });
    const finds = world.org.finds;
    await contacts(
      person("1", { function: "+41791234567", x: 1 }),
      person("2", { function: "+41791234567", x: 1 }),
    );
    await drain();
    expect(world.org.finds).toBe(finds);
  });
});

describe("individuals as contacts of a household", () => {
  it("keeps a sale waiting until every record it points to is written", async () => {
    await publishDefaults({ kind: "household" });
    const fault = { code: "validation_rule", sentence: "Refused for now." } as const;
    world.org.refuse = (row) => (row.object === "Contact" ? fault : null);
    await contacts(person("1"));
    await drain();
    await orders(sale(1, "1"));
    await drain();
    expect(await states()).toMatchObject([
      { key: "1", state: "failed" },
      { key: "10", state: "waiting" },
    ]);
    world.org.refuse = () => null;
    await contacts(person("1"));
    await drain();
    expect(world.org.get("SecutixSale__c", "10")).toMatchObject({ Account__c: "H-1", Contact__c: "1" });
  });
});
