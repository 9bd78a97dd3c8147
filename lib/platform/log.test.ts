import { expect, test } from "vitest";
import { createLogger } from "./log";

function capture() {
  const lines: string[] = [];
  const log = createLogger("worker", "info", { write: (line: string) => void lines.push(line) });
  return { log, last: () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown>, lines };
}

test("a line is JSON with the process name, a readable level and an ISO time", () => {
  const { log, last } = capture();
  log.info({ recordId: 7 }, "written");
  expect(last()).toMatchObject({ name: "worker", level: "info", msg: "written", recordId: 7 });
  expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("secrets are replaced at the top and below", () => {
  const { log, last, lines } = capture();
  log.info({
    password: "p1",
    request: { headers: { authorization: "Basic p2" } },
    connection: { clientSecret: "p3" },
  });
  expect(lines.at(-1)).not.toMatch(/p1|p2|p3/);
  expect(last()).toMatchObject({ password: "[redacted]" });
});

test("a failed query is logged without its parameters", () => {
  const { log, last, lines } = capture();
  const query = new Error("Failed query: insert into event\nparams: ada@example.org,Lovelace");
  log.error({ err: query }, "insert failed");
  expect(lines.at(-1)).not.toContain("Lovelace");
  expect(last()).toMatchObject({ err: { message: "Failed query: insert into event" } });
});

test("a value quoted by PostgreSQL is not logged, in a cause neither", () => {
  const { log, last, lines } = capture();
  const cause = Object.assign(new Error('invalid input syntax for type uuid: "Lovelace"'), { code: "22P02" });
  log.error({ err: new Error("Failed query: select 1", { cause }) }, "query failed");
  expect(lines.at(-1)).not.toContain("Lovelace");
  expect(last()).toMatchObject({ err: { cause: { code: "22P02" } } });
});
