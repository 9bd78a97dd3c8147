import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Kind } from "@/lib/core/words";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { CanonicalValue } from "@/lib/core/side";
import { openSalesforceSide } from "@/lib/salesforce/side";
import { startSimulatedOrg, type SimulatedOrg } from "@/lib/salesforce/test-simulated-org";
import { person, relay, sale, structure, syncWorld } from "@/lib/sync/test-world";
import { recordsBehind } from "./records";
import { runComparison } from "./run";
import { beginRun, costsOf, latestRecords, latestRun } from "./runs";

const { world, contacts, orders, drain } = syncWorld();

let simulated: SimulatedOrg;
beforeAll(async () => {
  simulated = await startSimulatedOrg();
});
afterAll(() => simulated.close());

/** Everything arrived in the simulated org. */
async function arrive(nth: number) {
  const side = openSalesforceSide(simulated.config);
  world.deps = { ...world.deps, side };
  const key = (number: number) => String(nth * 100 + number);
  await contacts(person(key(1)), structure(key(2)), relay(key(3), key(2)));
  await orders(sale(nth * 100 + 4, key(1)));
  await drain();
  return side;
}

function published(kind: Kind) {
  const mapping = world.deps.published.mappings.find((one) => one.kind === kind);
  if (!mapping) throw new Error(`no mapping of ${kind}`);
  return mapping;
}

async function compare(kind: Kind, draft: MappingDocument, side: ReturnType<typeof openSalesforceSide>) {
  const { connectionId, deps } = world;
  const { document, ...mapping } = published(kind);
  const ids = await latestRecords(deps.db, { connectionId, kind }, 500);
  const given = { connectionId, mappingId: mapping.mappingId, document: draft, wanted: 500, fresh: true };
  const runId = await beginRun(deps.db, {
    ...given,
    total: ids.length,
    versionId: mapping.versionId,
    actor: "ann",
  });
  const costs = await costsOf(deps.db, { connectionId, kind, mappingId: mapping.mappingId }, 500);
  await runComparison({
    ...{ runId, connectionId, mapping, draft, published: document, ids },
    ...{ deps: { ...deps, contacts: null }, ask: side },
  });
  const run = await latestRun(deps.db, mapping.mappingId);
  const of = { mappingId: mapping.mappingId, runId };
  return {
    run,
    costs,
    behind: async () => (await recordsBehind(deps.db, of, { fate: "changes" }, 0)).rows,
  };
}

/** A value for a field that the mapping has, whatever it says. */
function withValue(kind: Kind, target: RegExp, value: CanonicalValue): MappingDocument {
  const { document } = published(kind);
  const lines = document.lines.map((line) =>
    target.test(line.target)
      ? { ...line, expression: JSON.stringify(value), onMissing: "clear" as const, twoWay: false }
      : line,
  );
  return { ...document, lines };
}

describe("Salesforce, asked now through a mapping that is shipped", () => {
  test.each([
    ["individual", /^FirstName$/],
    ["structure", /^Name$/],
    ["relay", /^FirstName$/],
    ["operation", /Remark__c$/],
  ] as const)("is answered, and a draft that changes nothing changes nothing: %s", async (kind, target) => {
    const side = await arrive(["individual", "structure", "relay", "operation"].indexOf(kind) + 1);
    const same = await compare(kind, published(kind).document, side);
    expect(same.run).toMatchObject({ state: "done", sentence: null });
    expect(same.run?.summary?.fates).toMatchObject({ unchanged: 1 });
    const other = await compare(kind, withValue(kind, target, "Otherwise"), side);
    expect(other.run?.summary?.fates).toMatchObject({ changes: 1 });
  });

  test("tells points in time by the venue's clocks", async () => {
    const side = await arrive(13);
    const later = withValue("operation", /CreationDate__c$/, "2026-07-01T10:00:00.000Z");
    const { behind } = await compare("operation", later, side);
    expect(await behind()).toMatchObject([
      { changes: [{ field: "CreationDate__c", kind: "filled", after: "1 Jul 2026, 12:00:00 CEST" }] },
    ]);
  });

  test.each([
    ["relay", "Contact", /AccountId$/],
    ["operation", "SecutixSale__c", /Account__c$/],
  ] as const)(
    "tells what the look-up of a record holds, as somebody set it there: %s",
    async (kind, object, target) => {
      const nth = kind === "relay" ? 11 : 12;
      const side = await arrive(nth);
      const [theirs = ""] = await simulated.save("Account", { Name: "Of somebody" });
      const field = target.source.slice(0, -1);
      const rows = await simulated.records(object);
      const own = rows.find((row) => String(row["SyncId__c"]).startsWith(String(nth)));
      await simulated.save(object, { Id: own?.["Id"], [field]: theirs });
      const before = await simulated.apiCalls();
      // The structure for a sale, the person for a relay: not what the published version says.
      const after = kind === "relay" ? `${nth}01` : `${nth}02`;
      const { run, costs, behind } = await compare(kind, withValue(kind, target, after), side);
      expect((await simulated.apiCalls()) - before).toBe(costs.calls);
      expect(run).toMatchObject({ state: "done", sentence: null });
      expect(await behind()).toMatchObject([
        { changes: [{ field, kind: "changed", before: theirs, after }] },
      ]);
    },
  );
});
