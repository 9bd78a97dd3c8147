/** Rules of an administrator: what is neither sent to S-360 nor written to Salesforce, only told, or left to a person. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { decide } from "@/lib/reviews/decide";
import { CONNECTOR } from "@/testing/fake-org";
import { backWorld, fullPerson } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

async function linked(): Promise<void> {
  await w.sends(fullPerson("1", { contactId: 1 }));
  await w.begin();
}

describe("a mapping's filter", () => {
  function filtered(filter: string | undefined): void {
    const mappings = world.deps.published.mappings.map((mapping) =>
      mapping.kind === "individual" ? { ...mapping, document: { ...mapping.document, filter } } : mapping,
    );
    world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
  }

  it("holds on the way back too: edits of what it leaves out stay in Salesforce", async () => {
    await linked();
    filtered('state = "VIP"');
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await w.stateOut("1")).toMatchObject({ state: "ignored" });
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
  });

  it("lets the next edit through once it is gone, with what was edited before", async () => {
    await linked();
    filtered('state = "VIP"');
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    filtered(undefined);
    world.org.set("Account", "1", { PersonMailingCity: "Thun" });
    await w.turn();
    expect(back.venue.get("1")).toMatchObject({ individualContact: { individualFirstName: "Ada" } });
  });

  it.each(["$count(addresses)", "$count([1..9]) > 1"])(
    "that cannot be told holds the edit: %s",
    async (filter) => {
      await linked();
      filtered(filter);
      world.org.set("Account", "1", { FirstName: "Ada" });
      await w.turn();
      expect(back.venue.saves).toEqual([]);
      expect(await w.stateOut("1")).toMatchObject({ state: "failed" });
    },
  );

  it("that is not told in time lets the edit be tried again by itself", async () => {
    await linked();
    const many = '$l := $split($pad("", 9000, "a"), "")';
    filtered(`(${many}; $count($map($l, function($i) { $count($l[$ >= $i]) })) > 0)`);
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await w.stateOut("1")).toMatchObject({ state: "retrying" });
  });
});

describe("rules for what changed", () => {
  it.each([
    ["ignore", [], "ignored"],
    ["tell", [{ kind: "told", state: "open", key: "1" }], "ignored"],
    ["review", [{ kind: "rule", state: "open", key: "1" }], "review"],
  ] as const)("%s: nothing is sent", async (update, reviews, state) => {
    w.ruled({ update });
    await linked();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await w.reviews()).toEqual(reviews);
    expect(await w.stateOut("1")).toMatchObject({ state });
  });

  describe("of S-360's changes:", () => {
    function ruledIn(update: "do" | "ignore" | "tell" | "review"): void {
      const { rules } = world.deps.settings;
      const individual = { ...rules.in.individual, update };
      w.depsWith({ rules: { ...rules, in: { ...rules.in, individual } } });
    }
    const renamed = (name: string, more: object = {}) =>
      fullPerson("1", {
        contactId: 1,
        individualContact: { title: "MRS", individualFirstName: name, individualLastName: "Frank" },
        ...more,
      });

    it("tell: a change is told once, and neither what repeats it nor our own save is a change", async () => {
      await linked();
      ruledIn("tell");
      await w.sends(renamed("Zoe"));
      await w.sends(renamed("Zoe", { function: "again" }));
      expect(await w.reviews()).toEqual([{ kind: "told", state: "open", key: "1" }]);
      await w.rows(sql`delete from review`);
      world.org.set("Account", "1", { PersonMailingCity: "Thun" });
      await w.turn();
      await w.sends({ ...back.venue.get("1"), function: "echo" });
      expect(await w.reviews()).toEqual([]);
      expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Edna" });
    });

    it("ignore: each side keeps its own, and what is changed once the rule is gone is written", async () => {
      await linked();
      ruledIn("ignore");
      await w.sends(renamed("Zoe"));
      expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Edna" });
      await w.turn();
      expect(back.venue.saves).toEqual([]);
      ruledIn("do");
      await w.sends(renamed("Zoe", { function: "later" }));
      expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Edna" });
      await w.sends(renamed("Eve"));
      expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Eve" });
    });

    it("review: what a person sends on is written, what S-360 takes back needs no one", async () => {
      await linked();
      ruledIn("review");
      await w.sends(renamed("Zoe"));
      expect(await w.reviews()).toEqual([{ kind: "rule", state: "open", key: "1" }]);
      await w.sends(fullPerson("1", { contactId: 1, function: "back" }));
      expect(await w.reviews()).toEqual([{ kind: "rule", state: "closed", key: "1" }]);
      expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Edna" });
    });
  });

  describe("of contacts that only one side has:", () => {
    const novaIn = (town: string) =>
      fullPerson("7", { contactId: 7, addresses: [{ contactAddressId: 501, main: true, town }] });
    const ruledIn = (create: "do" | "tell" | "review") => {
      const { rules } = world.deps.settings;
      const individual = { ...rules.in.individual, create };
      w.depsWith({ rules: { ...rules, in: { ...rules.in, individual } } });
    };
    const closeAs = (choice: string) => w.rows(sql`update review set state = 'closed', choice = ${choice}`);
    const made = () => world.org.insert("Account", { FirstName: "Nova", LastName: "Star" });
    const edited = async (id: string, FirstName: string) => {
      world.org.setById(id, { FirstName });
      await w.turn();
    };

    it("tell: what S-360 sends again and again is told once", async () => {
      ruledIn("tell");
      await w.sends(novaIn("Bern"));
      await closeAs("dismiss");
      await w.sends(novaIn("Thun"));
      expect(await w.reviews()).toEqual([{ kind: "told", state: "closed", key: "7" }]);
      ruledIn("review");
      await w.sends(novaIn("Biel"));
      expect(await w.reviews()).toContainEqual({ kind: "rule", state: "open", key: "7" });
    });

    it("review: what a person has declined is not asked again, and is written once the rule lets it", async () => {
      ruledIn("review");
      await w.sends(novaIn("Bern"));
      await closeAs("keep");
      await w.rows(sql`update record_direction set state = 'ignored', fault = null`);
      await w.sends(novaIn("Thun"));
      expect(await w.reviews()).toEqual([{ kind: "rule", state: "closed", key: "7" }]);
      ruledIn("do");
      await w.sends(novaIn("Biel"));
      expect(world.org.get("Account", "7")).toMatchObject({ PersonMailingCity: "Biel" });
    });

    it("review: a number that S-360 gave to somebody else since is asked about anew", async () => {
      ruledIn("review");
      await w.sends(novaIn("Bern"));
      await closeAs("keep");
      await w.rows(sql`update record_direction set state = 'ignored', fault = null`);
      await w.sends({ ...novaIn("Thun"), contactId: 700 });
      expect((await w.reviews()).map(({ state }) => state)).toEqual(["closed", "open"]);
    });

    it("tell: what was made in Salesforce and is edited there is told once", async () => {
      w.ruled({ create: "tell" });
      await linked();
      const id = made();
      await w.turn();
      await closeAs("dismiss");
      await edited(id, "Stella");
      expect(await w.reviews()).toEqual([
        { kind: "told", state: "closed", key: expect.stringContaining("salesforce:") },
      ]);
      expect(back.venue.saves).toEqual([]);
    });

    it("review: what a person has left in Salesforce is not asked again when it is edited", async () => {
      w.ruled({ create: "review" });
      await linked();
      const id = made();
      await w.turn();
      await closeAs("dismiss");
      await edited(id, "Stella");
      expect((await w.reviews()).map(({ state }) => state)).toEqual(["closed"]);
      w.ruled({ create: "do" });
      await edited(id, "Nova");
      expect(back.venue.get("N1")).toBeTruthy();
    });
  });

  it("review on both ways: each is decided by itself", async () => {
    w.ruled({ update: "review" });
    const { rules } = world.deps.settings;
    const individual = { ...rules.in.individual, update: "review" as const };
    w.depsWith({ rules: { ...rules, in: { ...rules.in, individual } } });
    await linked();
    await w.sends(
      fullPerson("1", { contactId: 1, addresses: [{ contactAddressId: 501, main: true, town: "Thun" }] }),
    );
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    const open = await w.rows(
      sql`select id, subject->>'direction' as direction from review where state = 'open' order by id`,
    );
    expect(open.map(({ direction }) => direction)).toEqual(["in", "out"]);
    await decide(world.deps.db, { reviewId: Number(open[1]?.["id"]), choice: "keep", actor: "admin" });
    await w.turn();
    expect((await w.reviews()).map(({ state }) => state)).toEqual(["open", "closed"]);
    expect(back.venue.saves).toEqual([]);
  });

  it("a record that is two in Salesforce is told of once", async () => {
    await w.publishDefaults({ kind: "household" });
    await linked();
    const { rules } = world.deps.settings;
    const individual = { ...rules.in.individual, update: "tell" as const };
    w.depsWith({ rules: { ...rules, in: { ...rules.in, individual } } });
    await w.sends(
      fullPerson("1", {
        contactId: 1,
        individualContact: { individualFirstName: "Zoe", individualLastName: "Kraft" },
      }),
    );
    expect(await w.reviews()).toEqual([{ kind: "told", state: "open", key: "1" }]);
  });

  it("the connector's own user is not a person", async () => {
    await linked();
    world.org.set("Account", "1", { PersonMailingCity: "Thun" }, CONNECTOR);
    await w.turn();
    expect(back.venue.saves).toEqual([]);
  });
});
