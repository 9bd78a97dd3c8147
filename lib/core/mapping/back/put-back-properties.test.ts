import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameValue } from "../../canonical";
import type { Contact } from "../../contact-side";
import type { CanonicalValue } from "../../side";
import { compileMapping } from "../compile";
import { individualToContact } from "../defaults/defaults-contacts";
import type { CompiledLine } from "../evaluation";
import { fieldsBackOf } from "./inverse";
import { putBack } from "./put-back";
import { shape } from "../shape";
import { testContact } from "../test-describe";
import { changedPaths, putContext, twoWayLine } from "./test-put-back";

const lines = fieldsBackOf(
  compileMapping(individualToContact, { prefix: "", describe: testContact(), recordTypeId: null }),
);

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 3, arbitrary: value }, fc.constant(null), fc.constant(undefined));

/** Members that are undefined are left out, as in JSON. */
const group = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(members).map((made) => JSON.parse(JSON.stringify(made)) as Record<string, unknown>);

const word = fc.stringMatching(/^[A-Za-zàéü]{1,12}$/);
const blankOrWord = fc.oneof(word, fc.constantFrom("", "  "));
const phone = fc.integer({ min: 781_000_000, max: 799_999_999 }).map((number) => `41 / 0${number}`);
const id = fc.integer({ min: 1, max: 1_000_000 });

const address = group({
  contactAddressId: id,
  main: maybe(fc.boolean()),
  shippingAddress: maybe(fc.boolean()),
  street1: maybe(blankOrWord),
  street2: maybe(blankOrWord),
  street4: maybe(blankOrWord),
  zipCode: maybe(blankOrWord),
  town: maybe(blankOrWord),
  countryCode: maybe(fc.constantFrom("CH", "FR", "de")),
});
const means = group({
  communicationMeanId: id,
  email: maybe(word.map((name) => `${name.replace(/[^A-Za-z]/g, "x")}@example.org`)),
  phone: maybe(phone),
  cellularPhone: maybe(phone),
});
const authorization = group({
  authorizationCode: fc.constantFrom("EMAIL", "SMS", "POST"),
  allowed: maybe(fc.boolean()),
});
const contact: fc.Arbitrary<Contact> = group({
  contactNumber: fc.constant("0012345"),
  individualContact: maybe(
    group({
      title: maybe(fc.constantFrom("MR", "MRS", "MISS", "LADIES", "UNDEFINED")),
      individualFirstName: maybe(blankOrWord),
      individualLastName: maybe(blankOrWord),
      birthday: maybe(fc.constantFrom("1980-04-24T23:00:00.000+00:00", "1980-04-25", "2001-07-01T10:00:00Z")),
    }),
  ),
  addresses: maybe(fc.array(address, { maxLength: 4 })),
  communicationMeans: maybe(fc.array(means, { maxLength: 4 })),
  authorizations: maybe(fc.array(authorization, { maxLength: 4 })),
  contactCriteria: maybe(fc.array(group({ code: word, value: word }), { maxLength: 2 })),
});

const valuesByTarget: readonly (readonly [RegExp, fc.Arbitrary<CanonicalValue>])[] = [
  [/^Salutation$/, fc.constantFrom("Mr.", "Mrs.", "Ms.")],
  [/^Email$/, word.map((name) => `${name.replace(/[^A-Za-z]/g, "y")}@example.ch`)],
  [/Phone$/, fc.integer({ min: 600_000_000, max: 699_999_999 }).map((number) => `+33${number}`)],
  [
    /Birthdate$/,
    fc
      .date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
  ],
  [/Street$/, fc.array(word, { minLength: 1, maxLength: 4 }).map((texts) => texts.join("\n"))],
  [/Country$/, fc.constantFrom("CH", "GB", "LI")],
  [/HasOptedOutOfEmail$/, fc.boolean()],
  [/.*/, word],
];

/** Which fields a person changes, and to what; a checkbox is never empty. */
const changes = fc
  .subarray([...lines], { minLength: 1 })
  .chain((some) => fc.tuple(...some.map((line) => valueFor(line).map((value) => ({ line, value })))));

function valueFor(line: CompiledLine): fc.Arbitrary<CanonicalValue> {
  const value = valuesByTarget.find(([target]) => target.test(line.target))?.[1] ?? word;
  return line.field.type === "boolean" ? value : fc.oneof({ weight: 4, arbitrary: value }, fc.constant(null));
}

async function forward(line: CompiledLine, source: Contact): Promise<CanonicalValue | "cannot be told"> {
  try {
    return shape(await line.run(source, putContext), line.field, putContext.timeZone);
  } catch {
    return "cannot be told";
  }
}

/** The paths a default line may write, with the position left open. */
const written =
  /^(individualContact\.(title|individual(First|Last)Name|birthday)|communicationMeans\.\d+\.(email|phone|cellularPhone)|addresses\.\d+\.(main|street[1-4]|zipCode|town|countryCode)|authorizations\.\d+\.(authorizationCode|allowed))$/;

describe("for any contact and any edits of the default lines", () => {
  it("either every value comes back from the changed contact, or nothing is changed", async () => {
    await fc.assert(
      fc.asyncProperty(contact, changes, async (before, wanted) => {
        const text = JSON.stringify(before);
        const answer = await putBack(before, wanted, putContext);
        expect(JSON.stringify(before)).toBe(text);
        if (answer.problems.length > 0) {
          expect(answer.contact).toBe(before);
          return;
        }
        const left = new Set(answer.left.map(({ target }) => target));
        for (const { line, value } of wanted.filter(({ line: { target } }) => !left.has(target))) {
          const now = await forward(line, answer.contact);
          expect([line.target, sameValue(now, value, line.field)]).toEqual([line.target, true]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("only an emptied field can be more than S-360 can hold, for a second value waits behind the first", async () => {
    await fc.assert(
      fc.asyncProperty(contact, changes, async (before, wanted) => {
        const { problems } = await putBack(before, wanted, putContext);
        for (const { fault } of problems) {
          expect(fault.sentence).toMatch(/cannot hold an empty field here: ".*" would come back/);
          expect(fault.field).toMatch(/Email|Phone/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("other members, other elements and their order stay, and unchanged sections are the very same", async () => {
    await fc.assert(
      fc.asyncProperty(contact, changes, async (before, wanted) => {
        const { contact: after, sections } = await putBack(before, wanted, putContext);
        const paths = changedPaths(before, after);
        expect(paths.filter((path) => !written.test(path))).toEqual([]);
        for (const list of ["addresses", "communicationMeans", "authorizations"]) {
          const [old, now] = [before[list] ?? [], after[list] ?? []] as unknown[][];
          expect(now?.length).toBeLessThanOrEqual((old?.length ?? 0) + 1);
          const touched = old?.filter((element, position) => now?.[position] !== element) ?? [];
          const lists = list === "communicationMeans" ? 3 : 1;
          expect(touched.length).toBeLessThanOrEqual(lists);
        }
        const untouched = Object.keys(before).filter((key) => !sections.includes(key));
        for (const key of untouched) expect(after[key]).toBe(before[key]);
        for (const key of sections) expect(after[key]).not.toBe(before[key]);
      }),
      { numRuns: 300 },
    );
  });

  it("the second time changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(contact, changes, async (before, wanted) => {
        const once = await putBack(before, wanted, putContext);
        const twice = await putBack(once.contact, wanted, putContext);
        expect(twice.contact).toBe(once.contact);
        expect(twice.sections).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("the values it already has change nothing", async () => {
    await fc.assert(
      fc.asyncProperty(contact, async (before) => {
        const own = await Promise.all(
          lines.map(async (line) => ({ line, value: await forward(line, before) })),
        );
        const told = own.filter(({ value }) => value !== "cannot be told");
        const answer = await putBack(
          before,
          told.filter(({ line, value }) => line.field.type !== "boolean" || value !== null),
          putContext,
        );
        expect(answer.contact).toBe(before);
        expect(answer).toMatchObject({ sections: [], left: [], problems: [] });
      }),
      { numRuns: 300 },
    );
  });
});

describe("for whatever stands in the place of a contact", () => {
  const names = fc.constantFrom(
    "main",
    "town",
    "email",
    "phone",
    "allowed",
    "title",
    "birthday",
    "street1",
    "a",
  );
  const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
    anything: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(null, true, false, 0, 7, "", "MR", "EMAIL", "41 / 0791234567", "__proto__"),
      fc.array(tie("anything"), { maxLength: 3 }),
      fc.dictionary(names, tie("anything"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  const sections = fc.constantFrom(
    "addresses",
    "communicationMeans",
    "authorizations",
    "individualContact",
    "a",
  );
  const mess = fc.dictionary(sections, anything, { noNullPrototype: true });
  const value = fc.constantFrom<CanonicalValue>(
    null,
    true,
    false,
    3,
    1.5,
    "x",
    "a\nb",
    "1980-01-01",
    "CH",
    "+41791234567",
  );
  const expressions = fc.constantFrom(
    "a",
    "a.a",
    "a.a.a",
    "a[0].a",
    "a[main].a",
    "a[main][0].a[town='MR'][0].a",
    "$first(a.a)",
    "$first(a.a.a)",
    "addresses.town",
    "$lines(a.street1, a.a)",
    '$valueMap("titles", a.title)',
    "$money(a.a)",
    "$dateTime(a.a)",
  );

  it("it never throws, and what it does not refuse comes back", async () => {
    const some = fc.oneof(
      fc.constantFrom(...lines),
      expressions.map((expression) => twoWayLine(expression)),
      expressions.map((expression) => twoWayLine(expression, "boolean")),
      expressions.map((expression) => twoWayLine(expression, "number")),
    );
    await fc.assert(
      fc.asyncProperty(mess, some, value, async (before, line, wanted) => {
        const text = JSON.stringify(before);
        const answer = await putBack(before, [{ line, value: wanted }], putContext);
        expect(JSON.stringify(before)).toBe(text);
        if (answer.problems.length + answer.left.length > 0) {
          expect(answer.contact).toBe(before);
          return;
        }
        const now = await forward(line, answer.contact);
        const again = await putBack(answer.contact, [{ line, value: now }], putContext);
        expect(again.contact).toBe(answer.contact);
        if (line.line.expression.startsWith("$lines")) return;
        expect([now, sameValue(now, wanted, line.field)]).toEqual([now, true]);
      }),
      { numRuns: 1_000 },
    );
  });
});
