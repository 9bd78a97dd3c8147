import { expect, test } from "vitest";
import { anonymisedRuleSchema } from "@/lib/core/anonymised";
import { rulesSchema } from "@/lib/core/connection-settings";
import { contactKinds } from "@/lib/core/words";
import { anonymisedOptions } from "./anonymised-words";
import { choiceOf, sentencesOf, takesCondition, withChoice, withCondition } from "./sentences";

const rules = rulesSchema.parse({});
const all = (["in", "out"] as const).flatMap((direction) =>
  contactKinds.flatMap((kind) => sentencesOf(direction, kind)),
);

const sentence = (when: string) => {
  const found = all.find((candidate) => candidate.when === when);
  if (!found) throw new Error(`no sentence says "${when}"`);
  return found;
};

test("there is one sentence for every rule of a kind, and no two say the same", () => {
  const settings = Object.entries(rules).flatMap(([direction, kinds]) =>
    contactKinds.flatMap((kind) =>
      Object.keys(kinds[kind])
        .filter((action) => action !== "createWhen")
        .map((action) => `${direction}.${kind}.${action}`),
    ),
  );
  const said = all.map(({ direction, kind, action }) => `${direction}.${kind}.${action}`);
  expect(said.sort()).toEqual(settings.sort());
  expect(new Set(all.map(({ when }) => when)).size).toBe(all.length);
});

test("what becomes of anonymised contacts offers every choice that may be stored, the default first", () => {
  const offered = anonymisedOptions.map(({ value }) => value);
  expect([...offered].sort()).toEqual([...anonymisedRuleSchema.options].sort());
  expect(offered[0]).toBe(rules.in.anonymised);
  for (const { help } of anonymisedOptions) expect(help).toMatch(/\.$/);
});

test("each sentence offers every choice that may be stored for its rule, each with what it leads to", () => {
  for (const { direction, kind, action, options } of all) {
    const stored = (value: string) =>
      rulesSchema.safeParse({ [direction]: { [kind]: { [action]: value } } }).success;
    const possible = ["do", "mark", "review", "tell", "ignore"].filter(stored);
    expect(options.map(({ value }) => value)).toEqual(possible);
    for (const { help } of options) expect(help).toMatch(/\.$/);
  }
});

test("the defaults read as they are documented", () => {
  const answer = (when: string) => {
    const { options } = sentence(when);
    return options.find(({ value }) => value === choiceOf(rules, sentence(when)))?.label;
  };
  expect(answer("When an individual is changed in Salesforce")).toBe("send the change to S-360");
  expect(answer("When a structure is deleted in Salesforce")).toBe("open a review");
  expect(answer("When Salesforce has a relay that S-360 does not have, and it is made or edited")).toBe(
    "do nothing",
  );
  expect(answer("When S-360 has an individual that Salesforce does not have")).toBe(
    "create it in Salesforce",
  );
});

test("a choice changes its own rule only, and one that is not offered changes nothing", () => {
  const gone = sentence("When a structure is deleted in Salesforce");
  const marked = withChoice(rules, gone, "mark");
  expect(choiceOf(marked, gone)).toBe("mark");
  expect(withChoice(marked, gone, "review")).toEqual(rules);
  expect(withChoice(rules, gone, "do")).toBe(rules);
});

test("a condition belongs to new records of Salesforce, where anything is done with them, or where there is one", () => {
  const created = sentence(
    "When Salesforce has an individual that S-360 does not have, and it is made or edited",
  );
  expect(all.filter((one) => takesCondition(rules, one))).toEqual([]);
  for (const choice of ["do", "review", "tell"])
    expect(all.filter((one) => takesCondition(withChoice(rules, created, choice), one))).toEqual([created]);
  const conditioned = withCondition(rules, "individual", "PersonEmail != null");
  expect(conditioned.out.individual.createWhen).toBe("PersonEmail != null");
  expect(conditioned.out.relay).toEqual(rules.out.relay);
  expect(all.filter((one) => takesCondition(conditioned, one))).toEqual([created]);
});
