import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const pages = (readdirSync(__dirname, { recursive: true }) as string[]).filter((file) =>
  /(^|\/)page\.tsx$/.test(file),
);
const api = join(__dirname, "..", "api");
const routes = (readdirSync(api, { recursive: true }) as string[]).filter((file) =>
  /(^|\/)route\.ts$/.test(file),
);

test("there are pages and routes to look at", () => {
  expect(pages.length).toBeGreaterThan(0);
  expect(routes.length).toBeGreaterThan(0);
});

test.each([...pages, "connection-page.tsx"])("the page %s asks who is signed in", (file) => {
  const text = readFileSync(join(__dirname, file), "utf8");
  expect(text).toMatch(/^  ((const \w+ = )?await requireAdmin\(|return connectionPage\()/m);
});

const open = new Set(["health/route.ts", "auth/[...all]/route.ts"]);

test.each(routes.filter((file) => !open.has(file)))("the route api/%s is for signed-in admins", (file) => {
  const text = readFileSync(join(api, file), "utf8");
  const exported = [...text.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b([^(]*)\(/g)];
  expect(exported.length).toBeGreaterThan(0);
  for (const [, , assigned] of exported) expect(assigned?.trim()).toBe("= route");
  expect(text).not.toMatch(/export (async )?function (GET|POST|PUT|PATCH|DELETE)/);
});
