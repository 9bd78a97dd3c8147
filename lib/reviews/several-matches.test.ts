import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { ReviewChoice } from "@/lib/core/reviews";
import { decide } from "./decide";
import { reviewDetail } from "./detail";
import { contact, reviewWorld } from "./test-review-world";

const w = reviewWorld();
const { world } = w;

const edna = { FirstName: "Edna", LastName: "Frank", PersonEmail: "edna@home.ch" };
const arriving = (number: string) =>
  contact(number, {
    individualContact: { individualFirstName: "Edna", individualLastName: "Frank" },
    communicationMeans: [{ email: "edna@home.ch" }],
  });

/** Two records of the org that contact 1 may be. */
async function open(): Promise<readonly [string, string]> {
  const ids = [world.org.insert("Account", edna), world.org.insert("Account", edna)] as const;
  await w.sends(arriving("1"));
  return ids;
}

const choose = async (candidateId?: string) =>
  decide(world.deps.db, {
    reviewId: Number((await w.review())["id"]),
    choice: "adopt",
    actor: "ada@venue.example",
    ...(candidateId !== undefined && { candidateId }),
  });

describe("a person who decides among several matches", () => {
  it("sees every candidate with what it holds and its page in Salesforce", async () => {
    const ids = await open();
    const detail = await reviewDetail(world.deps.db, Number((await w.review())["id"]), new Date());
    expect(detail).toMatchObject({ kind: "several_matches", state: "open" });
    expect(detail?.salesforce.map(({ role, id }) => [role, id])).toEqual(ids.map((id) => ["candidate", id]));
    expect(detail?.subject.candidates?.[0]?.fields).toContainEqual({
      name: "PersonEmail",
      label: "PersonEmail",
      s360: "edna@home.ch",
      salesforce: "edna@home.ch",
    });
  });

  it("says which one it is, and the worker links it", async () => {
    const [, second] = await open();
    expect(await choose(second)).toEqual({ outcome: "changed", state: "closed" });
    await w.drain("in");
    expect(world.org.rows.find(({ id }) => id === second)?.key).toBe("1");
    expect(await w.links()).toMatchObject([{ key: "1", id: second }]);
    expect((await w.audit()).map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/^several_matches review \d+: adopt$/),
    );
  });

  it("has to say which, and one of those that are shown", async () => {
    await open();
    expect(await choose()).toMatchObject({ outcome: "refused" });
    expect(await choose("001000000000000")).toMatchObject({ outcome: "refused" });
    expect(await w.review()).toMatchObject({ state: "open" });
  });

  it("may say so twice, but two who say differently do not overrule each other", async () => {
    const [first, second] = await open();
    await choose(first);
    expect(await choose(first)).toMatchObject({ outcome: "unchanged" });
    expect(await choose(second)).toMatchObject({ outcome: "refused" });
  });

  it("is not asked again by a rule that was passed before", async () => {
    w.ruledIn({ create: "review" });
    const [first] = await open();
    expect(await w.review()).toMatchObject({ kind: "rule" });
    await w.decide("send");
    await w.drain("in");
    expect(await w.review()).toMatchObject({ kind: "several_matches" });
    await w.decide("send");
    await w.drain("in");
    expect(await w.review()).toMatchObject({ kind: "several_matches", state: "open" });
    await choose(first);
    await w.drain("in");
    expect(world.org.rows.find(({ id }) => id === first)?.key).toBe("1");
  });

  it("may want a new record, or have it tried again", async () => {
    await open();
    await w.decide("send");
    await w.drain("in");
    expect(await w.review()).toMatchObject({ kind: "several_matches", state: "open" });
    await w.decide("create");
    await w.drain("in");
    expect(world.org.rows.map(({ key }) => key)).toEqual([null, null, "1"]);
  });
});

describe("decisions about one contact, one after the other", () => {
  /** The org alerts: it takes a new record only from a sender who insists. */
  function alerting(): void {
    const write = world.org.write.bind(world.org);
    world.org.refuse = (row) =>
      row.id === null && row.passAlerts !== true ? { code: "duplicate_rule", sentence: "Alike." } : null;
    world.org.write = async (rows) => {
      const answer = await write(rows);
      const duplicates = { rule: "DR", passable: true, matches: [] };
      return { ...answer, results: answer.results.map((one) => (one.ok ? one : { ...one, duplicates })) };
    };
  }

  /** Decides what comes up until nothing does. */
  async function trail(choices: Partial<Record<string, ReviewChoice>>): Promise<unknown[]> {
    const kinds: unknown[] = [];
    while (kinds.length < 6) {
      const { kind, state } = await w.review();
      const choice = choices[String(kind)];
      if (state === "closed" || !choice) break;
      kinds.push(kind);
      await w.decide(choice);
      await w.drain("in");
    }
    return kinds;
  }

  const waived = async () => (await w.rows(sql`select waived from record_direction`))[0]?.["waived"];

  it("all count: a new record, though the org alerts", async () => {
    alerting();
    await open();
    expect(await trail({ several_matches: "create", duplicate_rule: "pass" })).toEqual([
      "several_matches",
      "duplicate_rule",
    ]);
    expect(world.org.rows.map(({ key }) => key)).toEqual([null, null, "1"]);
    expect(await waived()).toEqual([]);
  });

  it("all count: what a rule asked first, and the org then", async () => {
    alerting();
    w.ruledIn({ create: "review" });
    await w.sends(arriving("1"));
    expect(await trail({ rule: "send", duplicate_rule: "pass" })).toEqual(["rule", "duplicate_rule"]);
    expect(world.org.rows.map(({ key }) => key)).toEqual(["1"]);
  });

  it("but not for a change that the person who agreed has not seen", async () => {
    alerting();
    w.ruledIn({ create: "review" });
    await w.sends(arriving("1"));
    await w.decide("send");
    await w.drain("in");
    expect(await waived()).toEqual(["by_rule"]);
    await w.sends(
      contact("1", { individualContact: { individualFirstName: "Ada", individualLastName: "X" } }),
    );
    expect((await w.review())["kind"]).toBe("rule");
  });

  it("are forgotten where the contact is left after all", async () => {
    alerting();
    await open();
    await w.decide("create");
    await w.drain("in");
    expect((await w.review())["kind"]).toBe("duplicate_rule");
    await w.decide("dismiss");
    expect(await waived()).toEqual([]);
  });

  it("replace each other where they answer one question, and one that led back to it is forgotten", async () => {
    const [first, second] = await open();
    const before = world.org.rows.find(({ id }) => id === first);
    await choose(first);
    if (before) before.key = "77";
    world.org.insert("Account", edna);
    await w.drain("in");
    expect(await w.review()).toMatchObject({ kind: "several_matches", state: "open" });
    expect((await waived()) as string[]).not.toContainEqual(expect.stringMatching(/^match:/));
    await choose(second);
    await w.drain("in");
    expect(await w.links()).toMatchObject([{ key: "1", id: second }]);
  });
});
