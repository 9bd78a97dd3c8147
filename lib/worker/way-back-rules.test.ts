/** Rules of an administrator: what is neither sent to S-360 nor written to Salesforce, only told, or left to a person. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { CONNECTOR } from "@/testing/fake-org";
import { backWorld, fullPerson } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

async function linked(): Promise<void> {
  await w.sends(fullPerson("1", { contactId: 1 }));
  await w.begin();
}

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

  it("the connector's own user is not a person", async () => {
    await linked();
    world.org.set("Account", "1", { PersonMailingCity: "Thun" }, CONNECTOR);
    await w.turn();
    expect(back.venue.saves).toEqual([]);
  });
});
