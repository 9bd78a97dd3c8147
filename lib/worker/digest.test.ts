import { expect, test } from "vitest";
import { digest, type DigestGroup, type DigestInput } from "./digest";

const input = (...groups: DigestGroup[]): DigestInput => ({
  institution: "myvenue",
  name: "My Venue",
  publicUrl: "https://sync.venue.example",
  groups,
});

const line = (key: string, id = 7) => ({
  reviewId: 70 + id,
  record: { id, kind: "individual" as const, key, salesforceId: null },
  records: null,
});

const deleted = (...keys: string[]): DigestGroup => ({
  kind: "deleted_in_salesforce",
  count: keys.length,
  lines: keys.map((key) => line(key)),
});
const told: DigestGroup = { kind: "told", count: 2, lines: [line("0012030"), line("0012031")] };
const mass: DigestGroup = {
  kind: "mass_change",
  count: 1,
  lines: [{ reviewId: 5, record: null, records: 640 }],
};

test("the subject counts what waits; notices are not waited for", () => {
  expect(digest(input(deleted("1"))).subject).toBe("1 thing waits for you at My Venue");
  expect(digest(input(deleted("1", "2"), mass, told)).subject).toBe("3 things wait for you at My Venue");
  expect(digest(input(told)).subject).toBe("2 notices for you from My Venue");
});

test("the text groups by kind, says who must act, and leads to each record and to all reviews", () => {
  expect(digest(input(told, deleted("0012030"), mass)).text).toBe(`2 things wait for you at My Venue.

Many records changed at once (1)
The CRM administrator decides.
- 640 records: https://sync.venue.example/reviews?connection=myvenue&review=5

Deleted in Salesforce (1)
The CRM administrator decides.
- Individual 0012030: https://sync.venue.example/records/7?connection=myvenue

For your information (2)
Nobody needs to act.
- Individual 0012030: https://sync.venue.example/records/7?connection=myvenue
- Individual 0012031: https://sync.venue.example/records/7?connection=myvenue

All of them: https://sync.venue.example/reviews?connection=myvenue

You get this mail because your address is listed in the settings of the connection myvenue (tell).`);
});

test("what is not listed is counted", () => {
  const many = { ...deleted("1", "2"), count: 500 };
  expect(digest(input(many)).text).toContain("Deleted in Salesforce (500)");
  expect(digest(input(many)).text).toContain("\nand 498 more\n");
  expect(digest(input(many)).html).toContain("<li>and 498 more</li>");
});

test("a record without a number is told by its Salesforce id; a lost answer sends the box office to look", () => {
  const record = { id: 9, kind: "individual" as const, key: "salesforce:001xx", salesforceId: "001XX" };
  const lost: DigestGroup = {
    kind: "create_unanswered",
    count: 1,
    lines: [{ reviewId: 1, record, records: null }],
  };
  const { text } = digest(input(lost));
  expect(text).toContain("- Salesforce record 001XX: ");
  expect(text).toContain("The box office must look into S-360 first");
});

test("whatever a name or a key holds, it stays text", () => {
  const evil = `<img src=x onerror="alert('1')">&`;
  const { html, text } = digest({
    ...input(deleted(evil)),
    name: evil,
    institution: `my"><b>venue`,
  });
  expect(html).not.toMatch(/<img|<b>|onerror="/);
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
  expect(html).toContain("connection=my%22%3E%3Cb%3Evenue");
  expect(text).toContain(`Individual ${evil}`);
});
