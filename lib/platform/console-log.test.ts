import { afterEach, expect, test } from "vitest";
import { logConsole } from "./console-log";
import { createLogger } from "./log";

const { error, warn } = globalThis.console;
afterEach(() => void Object.assign(globalThis.console, { error, warn }));

function listen(): { print: (...given: unknown[]) => void; lines: () => Record<string, unknown>[] } {
  let text = "";
  logConsole(createLogger("web", "info", { write: (line) => void (text += line) }));
  const lines = () =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { print: (...given) => globalThis.console.error(...given), lines };
}

test("a failed query that somebody prints is logged without its parameters, with the name the person was told", () => {
  const { print, lines } = listen();
  const query = new Error("Failed query: select 1 where email = $1\nparams: anna@venue.example");
  const failure = Object.assign(new Error("Failed to get session", { cause: query }), { digest: "391483" });
  print("⨯", failure);
  expect(lines()).toMatchObject([
    { level: "error", msg: "⨯", digest: "391483", err: { message: failure.message } },
  ]);
  expect(JSON.stringify(lines())).not.toContain("anna");
});

test("of a printed text the first line is kept, without colours", () => {
  const { print, lines } = listen();
  print("\u001b[31mFailed query: insert\u001b[0m\nparams: anna@venue.example", { name: "Anna" });
  expect(lines()).toMatchObject([{ msg: "Failed query: insert" }]);
  expect(JSON.stringify(lines())).not.toMatch(/anna/i);
});
