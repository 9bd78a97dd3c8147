import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { APIRequestContext } from "@playwright/test";
import { applyConnection, postText, push } from "@/e2e/support/connector";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

/** What others may have to wait (design: the web process is alive, and others are answered within 200 ms). */
const boundMs = 200;

const list = (length: number) => `$split($pad("a", ${length}, "ab"), "")`;
/** A tree of which each half is the other: as many leaves as two to the power of its height. */
const tree = (name: string, height: number) => {
  const steps = Array.from(
    { length: height },
    (_, n) => `$${name}${n + 1} := {"": $${name}${n}, "1": $${name}${n}}`,
  );
  return `$${name}0 := {}; ${steps.join("; ")}`;
};
/** Thirteen times the double of one object. */
const objects = `$o := [{"k": "v", "n": 1}]; ${Array(13).fill("$o := $append($o, $o)").join("; ")}`;
const fifty = Array(50).fill("$l").join();
const hostile: Readonly<Record<string, string>> = {
  "endless recursion": "($f := function($x){$f($x)}; $f(1))",
  "a loop in a loop in a loop": `($l := ${list(9000)}; $map($l, function($a){ $map($l, function($b){ $map($l, function($c){ 1 }) }) }))`,
  "a text of 500 MB": '$length($pad("x", 500000000))',
  "a text that doubles": `$reduce(${list(64)}, function($a, $b){$a & $a}, "xxxx")`,
  backtracking: `$match("${"a".repeat(40)}!", /^(a+)+$/)`,
  "much to match": '$match($pad("x", 90000, "ab"), /(a|b)*(ab|ba|aab)+(c|d)/)',
  "much to match again and again": `$map(${list(9000)}, function($v){ $match($pad("a", 90000, "a"), /(x+x+)+y/) })`,
  "a search again and again": `$map(${list(9000)}, function($v){ $contains($pad("a", 99999, "a"), "aaab") })`,
  "a long list in order": `$sort(${list(9999)})`,
  "the prototype": '$merge([{"__proto__": {"polluted": 1}}, $lookup($, "__proto__").constructor])',
  "all with all with all": `($l := ${list(9000)}; $l.($l.($l)))`,
  "everything below everything": "**.**.**.**^(**)",
  "deep nesting": "(".repeat(4_900) + "1" + ")".repeat(4_900),
  "a path without end": Array(4_900).fill("a").join("."),
  "as many parts as there may be": Array(990).fill("a").join("."),
  "two trees of shared parts compared": `(${tree("l", 14)}; ${tree("m", 14)}; $l14 = $m14)`,
  "two trees as large as may be compared": `(${tree("l", 18)}; ${tree("m", 18)}; $l18 != $m18)`,
  "a tree written out": `(${tree("l", 16)}; $l16 & "")`,
  "a tree among its halves": `(${tree("l", 15)}; $count($distinct([$l15, $l14, $l15])))`,
  "thousands of groups": `$map(${list(2600)}, function($v, $i){ "w" & $i }){$: $ & "."}`,
  "thousands of groups, each looked at": `$each($map(${list(2600)}, function($v, $i){ "w" & $i }){$: $}, function($v){ $v })`,
  "thousands of groups sifted": `$sift($map(${list(2600)}, function($v, $i){ "w" & $i }){$: $}, function($v){ $v != "" })`,
  "thousands of objects in one group": `(${objects}; $o#$i{k: $i})`,
  "thousands of objects spread": `(${objects}; $count($spread($o)) > 1 ? $spread($o) : 1)`,
  "fifty long lists side by side": `($l := $split($pad("a", 100000), ""); $zip(${fifty}))`,
  "fifty long lists in one text": `($l := $split($pad("a", 100000), ""); $joinParts(",", ${fifty}))`,
  "a text padded by a long one": `$map(${list(9000)}, function($v){ $pad("", 99999, $pad("", 5000, "ab")) })`,
  "a replacement that looks back": '$replace($pad("", 99, "x"), /x/, $pad("", 100000, "$0"))',
  "a long list side by side with nothing": '$zip($split($pad("a", 100000), ""))',
  "a long list before thousands of empty ones": `$merge($map(${list(2600)}, function($v, $i){ {"k" & $i: $i = 0 ? [${list(9000)}] : []} })).*`,
  "everything in an object of lists": `$merge($map(${list(3000)}, function($v, $i){ {"k" & $i: [$i]} })).*`,
};

interface Waits {
  readonly medianMs: number;
  readonly maxMs: number;
}

test.describe("Hostile expressions in a preview", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));
  test.setTimeout(180_000);

  test("each end with a word, and nobody else waits longer than a moment", async ({ page, stack }) => {
    await push(stack, "contacts", [contact("1000077", "Edna")]);
    await signIn(page, stack, "/mappings");
    const tryAll = await previewer(page.request);
    const web = webProcess(stack);
    await others(stack, 1_000);
    const quiet = await others(stack, 3_000);

    const measure = async () => {
      const trying = tryAll();
      const waits = await others(stack, trying);
      return { waits, outcomes: await trying };
    };
    let { waits, outcomes } = await measure();
    // A machine that does something else for a moment proves nothing: once more.
    if (waits.maxMs > boundMs) ({ waits, outcomes } = await measure());
    test.info().annotations.push({ type: "waits", description: JSON.stringify({ quiet, waits }) });
    console.log(`others: ${JSON.stringify({ quiet, waits })}`);

    for (const [name, outcome] of Object.entries(outcomes))
      expect(["problem", "left", "cleared", "value"], `${name}: ${outcome}`).toContain(outcome);
    expect(waits.medianMs, "the usual wait").toBeLessThan(boundMs / 2);
    expect(waits.maxMs, "the longest wait").toBeLessThan(boundMs);
    expect(webProcess(stack), "the web process is the same").toEqual(web);
  });
});

function contact(contactNumber: string, individualFirstName: string): object {
  const individualContact = { individualFirstName, individualLastName: "Frank" };
  return { contactNumber, type: "INDIVIDUAL", role: "PUBLIC", individualContact };
}

/** The web process as the launcher notes it: its number, and when it began. */
function webProcess(stack: Stack): unknown {
  const file = join(stack.settings.DATA_DIR ?? "", "running.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { processes: { web: unknown } }).processes.web;
}

/** Previews with each expression alone, and with all of them at once, twice at the same time; how each alone ended. */
async function previewer(request: APIRequestContext): Promise<() => Promise<Record<string, string>>> {
  const [mapping] = (await (await request.get("/api/mappings?connection=myvenue")).json()) as {
    id: number;
  }[];
  const address = `/api/mappings/${mapping?.id}`;
  const { draftDocument } = (await (await request.get(address)).json()) as { draftDocument: object };
  const samples = await expect
    .poll(async () => (await (await request.get(`${address}/samples`)).json()) as { recordId: number }[])
    .not.toHaveLength(0)
    .then(() => request.get(`${address}/samples`));
  const [sample] = (await samples.json()) as { recordId: number }[];
  const preview = async (expressions: readonly string[]) => {
    const lines = expressions.map((expression) => ({ target: "FirstName", expression }));
    const data = { document: { ...draftDocument, lines }, recordId: sample?.recordId ?? null };
    const answer = await request.post(`${address}/preview`, { data });
    expect(answer.status()).toBe(200);
    const { lines: results } = (await answer.json()) as { lines: { result: { outcome: string } }[] };
    return results.map(({ result }) => result.outcome);
  };
  return async () => {
    const alone: Record<string, string> = {};
    for (const [name, expression] of Object.entries(hostile)) {
      const outcomes = await preview([expression]);
      alone[name] = outcomes.join();
    }
    const all = Object.values(hostile);
    await Promise.all([preview(all), preview(all), preview([...all].reverse())]);
    return alone;
  };
}

/** What the sign-in page, the health page and the webhook make others wait, one after the other, for a while. */
async function others(stack: Stack, until: number | Promise<unknown>): Promise<Waits> {
  const waits: number[] = [];
  let going = true;
  const end = typeof until === "number" ? sleep(until) : until;
  const stop = () => {
    going = false;
  };
  void end.then(stop, stop);
  for (let turn = 0; going; turn++) {
    const calls = [
      async () => (await fetch(`${stack.url}/sign-in`)).text(),
      async () => (await fetch(`${stack.url}/api/health`)).text(),
      async () =>
        postText(`${stack.url}/s360/contacts/myvenue`, JSON.stringify([contact("1000078", `Odile ${turn}`)])),
    ];
    for (const call of calls) {
      const began = performance.now();
      await call();
      waits.push(performance.now() - began);
    }
    await sleep(20);
  }
  waits.sort((a, b) => a - b);
  const round = (ms = 0) => Math.round(ms);
  return { medianMs: round(waits[Math.floor(waits.length / 2)]), maxMs: round(waits.at(-1)) };
}
