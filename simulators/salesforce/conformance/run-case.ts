import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { Case, Json, Step } from "./case";
import { expectation } from "./matchers";
import { sendRequest, type Answer } from "./send-request";
import { fill, fillToText, type Variables } from "./variables";

const RETRY_MS = 25;

/**
 * Runs one case of the table against a running simulator: what is given, its steps, and what puts the org back.
 * @param variables what every case of the run may use: token, ids, `run`
 * @throws AssertionError with the difference, for the first step that is answered otherwise
 */
export async function runCase(url: string, each: Case, variables: Variables): Promise<void> {
  const own: Variables = new Map(variables);
  try {
    for (const [position, step] of each.given.entries())
      await runStep(url, step, own, `given ${position + 1}`);
    for (const [position, step] of each.steps.entries())
      await runStep(url, step, own, `step ${position + 1}`);
  } finally {
    for (const [position, step] of each.after.entries())
      await runStep(url, step, own, `after ${position + 1}`);
  }
}

async function runStep(url: string, step: Step, variables: Variables, label: string): Promise<void> {
  if (step.afterMs !== undefined) await sleep(step.afterMs);
  const deadlineMs = performance.now() + (step.withinMs ?? 0);
  for (;;) {
    const answer = await sendRequest(url, step.request, variables);
    try {
      compare(step, answer, variables, `${label}: ${answer.line}`);
      capture(step, answer, variables);
      return;
    } catch (error) {
      if (performance.now() >= deadlineMs) throw error;
    }
    await sleep(RETRY_MS);
  }
}

function compare(step: Step, answer: Answer, variables: Variables, label: string): void {
  const { response } = step;
  if (!response) {
    expect(answer.status, `${label} → ${answer.text.slice(0, 500)}`).toBeLessThan(400);
    return;
  }
  const headers = Object.keys(response.headers).map((name) => [name, answer.headers.get(name) ?? undefined]);
  const actual = {
    status: answer.status,
    headers: Object.fromEntries(headers) as Record<string, unknown>,
    ...(response.text === undefined && answer.body !== undefined
      ? {
          body:
            response.select === undefined
              ? answer.body
              : part(answer.body, fillToText(response.select, variables)),
        }
      : { text: answer.text }),
  };
  const content =
    response.text !== undefined
      ? { text: filled(response.text, variables) }
      : response.body !== undefined
        ? { body: filled(response.body, variables) }
        : { text: "" };
  const expected = {
    status: filled(response.status, variables),
    headers: filled(response.headers, variables),
    ...content,
  };
  expect(actual, label).toEqual(expected);
}

function filled(value: Json, variables: Variables): unknown {
  return expectation(fill(value, variables));
}

function capture(step: Step, answer: Answer, variables: Variables): void {
  for (const [name, from] of Object.entries(step.capture)) {
    const found = typeof from === "string" ? read(answer, from) : matched(read(answer, from.from), from);
    if (found === undefined) throw new Error(`Nothing to keep as ${name}: ${JSON.stringify(from)}`);
    variables.set(name, found);
  }
}

function matched(
  text: Json | undefined,
  { match, decode }: { match: string; decode: boolean },
): string | undefined {
  const found = new RegExp(match).exec(String(text))?.[1];
  return found !== undefined && decode ? decodeURIComponent(found) : found;
}

function read(answer: Answer, path: string): Json | undefined {
  const [place, ...keys] = path.split(".");
  if (place === "text") return answer.text;
  if (place === "headers") return answer.headers.get(keys.join(".")) ?? undefined;
  return part(answer.body, keys.join(".")) as Json | undefined;
}

/** What a path leads to, `records.0.Id` or `fields[name=Email].label`; undefined where it leads nowhere. */
function part(body: unknown, path: string): unknown {
  const keys = path.split(/\.(?![^[]*\])/).flatMap((key) => key.split(/(?=\[)/));
  return keys.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    const wanted = /^\[(\w+)=(.*)\]$/.exec(key);
    if (!wanted) return (value as Record<string, unknown>)[key];
    const [, name = "", text] = wanted;
    return (value as Record<string, unknown>[]).find((item) => item[name] === text);
  }, body);
}
