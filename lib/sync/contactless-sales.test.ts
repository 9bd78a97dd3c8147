/** Sales that name no contact, and sales whose contact Salesforce does not get. */
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { SalesSettings } from "@/lib/core/sales-settings";
import { releaseSales } from "@/lib/mappings/release";
import { missingAbsent } from "@/lib/inbox/missing";
import { goOnWithout } from "./contactless-sales";
import { syncBatch } from "./sync-batch";
import { person, relay, sale, syncWorld } from "./test-world";

const w = syncWorld();
const { world } = w;

async function set(sales: Partial<SalesSettings>): Promise<void> {
  const all = { ...world.deps.settings.sales, ...sales };
  world.deps = { ...world.deps, settings: { ...world.deps.settings, sales: all } };
  await w.rows(sql`update connection set settings = settings || ${JSON.stringify({ sales: all })}::jsonb`);
}

/** Which contacts take part, by S-360's `state`. */
function filtered(filter: string): void {
  const mappings = world.deps.published.mappings.map((mapping) =>
    mapping.kind === "individual" ? { ...mapping, document: { ...mapping.document, filter } } : mapping,
  );
  world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
}

/** A sale names its purchaser, and in its remark a beneficiary, who is a contact too. */
function withBeneficiary(): void {
  const mappings = world.deps.published.mappings.map((mapping) => {
    if (mapping.kind !== "operation") return mapping;
    const lines = mapping.document.lines.flatMap((line) => {
      const beneficiary = { ...line, target: "[p]Beneficiary__c", expression: "order.remark" };
      return line.target === "[p]Account__c" ? [line, beneficiary] : [line];
    });
    return { ...mapping, document: { ...mapping.document, lines } };
  });
  world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
}

const inOrg = (key: string) => world.org.get("SecutixSale__c", key);
const account = (key: string) => inOrg(key)?.["Account__c"] ?? null;
const state = async (key: string) => (await w.states()).find((row) => row["key"] === key)?.["state"];
const written = () =>
  w.rows(
    sql`select outcome, count(*)::int as n from attempt where object = 'SecutixSale__c' group by 1 order by 1`,
  );
const only = 'state != "PROSPECT"';
const prospect = (contactNumber: string) => person(contactNumber, { state: "PROSPECT" });

/** S-360 was asked for a contact and does not know it. */
async function askedInVain(key: string): Promise<void> {
  const [row] = await w.rows(sql`
    insert into missing_contact (record_id, connection_id, tries, due_at, asking_until)
    select id, connection_id, 1, now(), now() + interval '1 minute' from record where family = 'contact' and key = ${key}
    returning record_id, asking_until::text as until`);
  await missingAbsent(
    world.deps.db,
    { recordId: Number(row?.["record_id"]), key, tries: 1, askingUntil: String(row?.["until"]) },
    { fault: { code: "reference_missing", sentence: "S-360 knows no such contact." }, againInMs: 60_000 },
    goOnWithout,
  );
}

describe("a sale whose contact Salesforce does not get", () => {
  it("waits, unless the venue says otherwise", async () => {
    filtered(only);
    await w.contacts(prospect("9"));
    await w.orders(sale(1, "9"));
    await w.drain();
    expect(await w.states()).toMatchObject([
      { key: "10", state: "waiting" },
      { key: "9", state: "ignored" },
    ]);
    expect(inOrg("10")).toBeUndefined();
  });

  describe("goes unlinked, where the venue says so,", () => {
    beforeEach(() => set({ withoutContact: "unlinked" }));

    it("when the contact is filtered, whichever of them comes first", async () => {
      filtered(only);
      await w.contacts(prospect("9"));
      await w.drain();
      await w.orders(sale(1, "9"));
      await w.orders(sale(2, "8"));
      await w.drain();
      expect(await state("20")).toBe("waiting");
      await w.contacts(prospect("8"));
      await w.drain();
      expect([inOrg("10"), inOrg("20")]).toMatchObject([
        { ContactSTXNumber__c: "9" },
        { ContactSTXNumber__c: "8" },
      ]);
      expect([account("10"), account("20")]).toEqual([null, null]);
      expect(await state("10")).toBe("idle");
    });

    it("when both come in one batch", async () => {
      filtered(only);
      await w.contacts(prospect("9"));
      await w.orders(sale(1, "9"));
      await w.drain();
      expect(inOrg("10")).toMatchObject({ ContactSTXNumber__c: "9" });
      expect(account("10")).toBeNull();
    });

    it("when the contact has failed, and is linked when it is mended: one sale all the same", async () => {
      await w.contacts({ contactNumber: "9", role: "UNKNOWN" });
      await w.orders(sale(1, "9"));
      await w.drain();
      expect(account("10")).toBeNull();
      await w.contacts(person("9"));
      await w.drain();
      expect(account("10")).toBe("9");
      expect(await state("10")).toBe("idle");
      expect(await written()).toEqual([
        { outcome: "created", n: 1 },
        { outcome: "updated", n: 1 },
        { outcome: "waiting", n: expect.any(Number) as number },
      ]);
      expect(world.org.rows.filter(({ object }) => object === "SecutixSale__c")).toHaveLength(1);
    });

    it("when the contact takes part after all, it is linked", async () => {
      filtered(only);
      await w.contacts(prospect("9"));
      await w.orders(sale(1, "9"));
      await w.drain();
      expect(account("10")).toBeNull();
      await w.contacts(person("9", { state: "ACTIVE" }));
      await w.drain();
      expect(account("10")).toBe("9");
      expect(await w.rows(sql`select from waiting`)).toEqual([]);
    });

    it("when S-360 was asked for the contact in vain, and is linked when the contact comes late", async () => {
      await w.orders(sale(1, "9"));
      await w.drain();
      expect(await state("10")).toBe("waiting");
      await askedInVain("9");
      await w.drain();
      expect(inOrg("10")).toMatchObject({ ContactSTXNumber__c: "9" });
      expect(account("10")).toBeNull();
      await w.orders(sale(2, "9"));
      await w.drain();
      expect(inOrg("20")).toMatchObject({ ContactSTXNumber__c: "9" });
      await w.contacts(person("9"));
      await w.drain();
      expect([account("10"), account("20")]).toEqual(["9", "9"]);
    });

    it("waits again when S-360 is due to be asked once more", async () => {
      await w.orders(sale(1, "9"));
      await w.drain();
      await askedInVain("9");
      await w.drain();
      await w.rows(sql`update missing_contact set due_at = now()`);
      await w.orders(sale(2, "9"));
      await w.drain();
      expect(await state("20")).toBe("waiting");
    });

    it("but not while the contact is merely on its way, whatever became of others", async () => {
      await w.contacts({ contactNumber: "66", role: "UNKNOWN" });
      await w.drain();
      expect(await state("66")).toBe("failed");
      await w.orders(sale(1, "9"), sale(2, "77"));
      await w.drain();
      await askedInVain("77");
      await w.orders(sale(1, "9"));
      await w.drain();
      await w.contacts(person("9"));
      expect(inOrg("10")).toBeUndefined();
      await w.drain();
      expect(account("10")).toBe("9");
      expect(account("20")).toBeNull();
      expect(await written()).not.toContainEqual(expect.objectContaining({ outcome: "updated" }));
    });

    describe("and with two contacts, of whom one does not come and the other is on its way,", () => {
      const bought = (nth: number, purchaser: string, beneficiary: string) => ({
        ...sale(nth, purchaser),
        remark: beneficiary,
      });
      const tries = () => w.rows(sql`select outcome from attempt where object = 'SecutixSale__c'`);
      const aFewTurns = async () => {
        for (let turn = 0; turn < 5; turn++) await syncBatch(world.deps, await w.take(1_000));
      };
      beforeEach(() => {
        filtered(only);
        withBeneficiary();
      });

      it("waits for that one without being looked at again and again", async () => {
        await w.contacts(prospect("9"));
        await w.drain();
        await w.orders(bought(1, "9", "8"));
        await aFewTurns();
        expect(await state("10")).toBe("waiting");
        expect(await tries()).toEqual([{ outcome: "waiting" }]);
        await w.contacts(person("8", { state: "ACTIVE" }));
        await w.drain();
        expect(inOrg("10")).toMatchObject({ ContactSTXNumber__c: "9", Beneficiary__c: "8" });
        expect(account("10")).toBeNull();
      });

      it("waits too when that which does not come was asked of S-360 in vain", async () => {
        await w.orders(bought(1, "9", "8"));
        await w.drain();
        await askedInVain("9");
        expect(await state("10")).toBe("waiting");
        await aFewTurns();
        expect(await tries()).toEqual([{ outcome: "waiting" }]);
        await askedInVain("8");
        await w.drain();
        expect(inOrg("10")).toMatchObject({ ContactSTXNumber__c: "9" });
        expect(await state("10")).toBe("idle");
      });

      it("goes on when two workers settle both in the same moment", async () => {
        const nth = [1, 2, 3, 4, 5];
        await w.orders(...nth.map((n) => bought(n, `9${n}`, `8${n}`)));
        await w.drain();
        for (const n of nth) {
          await w.contacts(prospect(`9${n}`));
          const one = await w.take(1_000);
          await w.contacts(prospect(`8${n}`));
          const other = await w.take(1_000);
          await Promise.all([syncBatch(world.deps, one), syncBatch(world.deps, other)]);
        }
        await w.drain();
        expect(nth.map((n) => inOrg(`${n}0`)?.["ContactSTXNumber__c"])).toEqual(nth.map((n) => `9${n}`));
      });
    });

    it("and is linked with another contact when its order names another", async () => {
      filtered(only);
      await w.contacts(prospect("9"), person("8", { state: "ACTIVE" }));
      await w.orders(sale(1, "9"));
      await w.drain();
      await w.orders(sale(1, "8"));
      await w.drain();
      expect(inOrg("10")).toMatchObject({ Account__c: "8", ContactSTXNumber__c: "8" });
      await w.orders(sale(1, "9"));
      await w.drain();
      expect(inOrg("10")).toMatchObject({ Account__c: null, ContactSTXNumber__c: "9" });
    });

    it("while a relay goes on waiting for its structure", async () => {
      await w.contacts(relay("5", "7"));
      await w.drain();
      await askedInVain("7");
      await w.drain();
      expect(await state("5")).toBe("waiting");
    });
  });
});

describe("a sale that names no contact", () => {
  it("is written without an account, unless the venue says otherwise", async () => {
    await w.orders(sale(1, undefined));
    await w.drain();
    expect(inOrg("10")).toMatchObject({ Name: "Jazz 20.00" });
    expect(account("10")).toBeNull();
  });

  it("is not written where the venue skips it, and is written when it names one", async () => {
    await set({ anonymous: "skip" });
    await w.orders(sale(1, undefined), { ...sale(2, undefined), contactReference: null });
    await w.drain();
    expect([inOrg("10"), inOrg("20")]).toEqual([undefined, undefined]);
    expect(await w.states()).toMatchObject([{ state: "ignored" }, { state: "ignored" }]);
    await w.contacts(person("9"));
    await w.orders(sale(1, "9"));
    await w.drain();
    expect(account("10")).toBe("9");
  });

  it("is kept up to date where it is in Salesforce already", async () => {
    await w.orders(sale(1, undefined));
    await w.drain();
    await set({ anonymous: "skip" });
    await w.orders({ ...sale(1, undefined), remark: "later" });
    await w.drain();
    expect(inOrg("10")).toMatchObject({ Remark__c: "later" });
  });

  it("stands under the placeholder, and under its own account once it names a contact", async () => {
    world.org.insert("Account", { Name: "Anonymous sales" }, "ANONYMOUS");
    await set({ anonymous: "placeholder", placeholder: "ANONYMOUS" });
    await w.orders(sale(1, undefined));
    await w.drain();
    expect(inOrg("10")).toMatchObject({ Account__c: "ANONYMOUS" });
    await w.contacts(person("9"));
    await w.orders(sale(1, "9"));
    await w.drain();
    expect(account("10")).toBe("9");
  });

  it("says what to do where the placeholder is not in Salesforce, and goes on when it is", async () => {
    await set({ anonymous: "placeholder", placeholder: "ANONYMOUS" });
    await w.orders(sale(1, undefined));
    await w.drain();
    const [row] = await w.rows(sql`select state, fault ->> 'sentence' as says from record_direction`);
    expect(row).toMatchObject({
      state: "retrying",
      says: expect.stringContaining("no Account with the Sync ID ANONYMOUS") as string,
    });
    world.org.insert("Account", { Name: "Anonymous sales" }, "ANONYMOUS");
    await w.rows(sql`update record_direction set due_at = now()`);
    await w.drain();
    expect(account("10")).toBe("ANONYMOUS");
  });
});

describe("when the settings change", () => {
  const changed = async () => {
    await releaseSales(world.deps.db, world.connectionId);
    await w.drain();
  };

  it("sales that waited go on, and anonymous ones that were skipped are written", async () => {
    filtered(only);
    await set({ anonymous: "skip" });
    await w.contacts(prospect("9"), person("8", { state: "ACTIVE" }));
    await w.orders(sale(1, "9"), sale(2, undefined), sale(3, "8"));
    await w.drain();
    const before = (
      await w.rows(
        sql`select changed_at from record_direction d join record r on r.id = d.record_id where key = '30'`,
      )
    )[0];
    await set({ withoutContact: "unlinked", anonymous: "unlinked" });
    await changed();
    expect([inOrg("10"), inOrg("20")]).toMatchObject([{ ContactSTXNumber__c: "9" }, { Name: "Jazz 20.00" }]);
    expect(
      (
        await w.rows(
          sql`select changed_at from record_direction d join record r on r.id = d.record_id where key = '30'`,
        )
      )[0],
    ).toEqual(before);
  });

  it("anonymous ones move under another placeholder", async () => {
    for (const key of ["ONE", "TWO"]) world.org.insert("Account", { Name: key }, key);
    await set({ anonymous: "placeholder", placeholder: "ONE" });
    await w.orders(sale(1, undefined));
    await w.drain();
    await set({ placeholder: "TWO" });
    await changed();
    expect(account("10")).toBe("TWO");
    await set({ anonymous: "unlinked" });
    await changed();
    expect(account("10")).toBeNull();
  });
});
