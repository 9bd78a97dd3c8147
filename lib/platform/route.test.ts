import { expect, test, vi } from "vitest";
import { z } from "zod";
import { createLogger } from "./log";
import { notFound, Problem } from "./problem";
import { routeWrapper, type RouteSetting } from "./route";

const address = "http://connector.test/api/things/7";
const nowhere = { params: Promise.resolve({}) };

function wrapper(changes: Partial<RouteSetting<{ id: string }>> = {}) {
  const log = createLogger("test", "silent");
  const error = vi.spyOn(log, "error");
  const route = routeWrapper({
    sessionOf: async () => ({ id: "admin" }),
    origins: () => ["https://connector.venue.example"],
    log: () => log,
    ...changes,
  });
  return { route, error };
}

function send(body: unknown, headers: Record<string, string> = {}): Request {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Request(address, {
    method: "POST",
    headers: { "content-type": "application/json", host: "connector.test", ...headers },
    body: text,
  });
}

async function problem(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body: unknown = await response.json();
  return z.object({ status: z.number(), code: z.string(), detail: z.string() }).loose().parse(body);
}

test("what a handler returns is sent as JSON that nobody caches; nothing is 204; a Response goes as it is", async () => {
  const { route } = wrapper();
  const ask = (handler: () => unknown) => route({}, handler)(new Request(address), nowhere);
  const json = await ask(() => ({ a: 1 }));
  expect([json.status, json.headers.get("cache-control"), await json.json()]).toEqual([
    200,
    "no-store",
    { a: 1 },
  ]);
  expect((await ask(() => undefined)).status).toBe(204);
  expect((await ask(() => new Response("x", { status: 202 }))).status).toBe(202);
});

test("the handler gets the session and what the schemas made of path, query and body", async () => {
  const { route } = wrapper();
  const shape = {
    params: z.object({ id: z.coerce.number() }),
    query: z.object({ limit: z.coerce.number().default(10), q: z.string() }),
    body: z.object({ name: z.string() }),
  };
  const handle = route(shape, ({ session, params, query, body }) => ({ session, params, query, body }));
  const request = new Request(`${address}?q=x`, send({ name: "n", extra: 1 }));
  const response = await handle(request, { params: Promise.resolve({ id: "7" }) });
  expect(await response.json()).toEqual({
    session: { id: "admin" },
    params: { id: 7 },
    query: { limit: 10, q: "x" },
    body: { name: "n" },
  });
});

test("nobody signed in: 401 with a stable code, and the handler does not run", async () => {
  const { route } = wrapper({ sessionOf: async () => null });
  const handler = vi.fn();
  const answer = await route({}, handler)(new Request(address), nowhere);
  expect(await problem(answer)).toMatchObject({ status: 401, code: "signed-out" });
  expect(handler).not.toHaveBeenCalled();
});

test("a request that does not fit is answered with where and why", async () => {
  const { route } = wrapper();
  const handle = route({ body: z.object({ paused: z.boolean() }) }, () => ({}));
  expect(await problem(await handle(send({ paused: "yes" }), nowhere))).toMatchObject({
    status: 400,
    code: "invalid-request",
    problems: [{ path: "body.paused" }],
  });
  expect(await problem(await handle(send("{"), nowhere))).toMatchObject({ status: 400 });
  const form = await handle(send("a=b", { "content-type": "application/x-www-form-urlencoded" }), nowhere);
  expect(form.status).toBe(415);
  const large = await handle(send(JSON.stringify("x".repeat(2 * 1024 * 1024))), nowhere);
  expect(await problem(large)).toMatchObject({ status: 413, code: "too-large" });
});

test("a handler's own problem is sent with its code and extensions", async () => {
  const { route, error } = wrapper();
  const fails = (thrown: Problem) =>
    route({}, () => {
      throw thrown;
    })(new Request(address), nowhere);
  expect(await problem(await fails(notFound("No such thing.")))).toMatchObject({
    status: 404,
    code: "not-found",
  });
  const conflict = await problem(
    await fails(new Problem(409, "conflict", "Saved in between.", { revision: 3 })),
  );
  expect(conflict).toMatchObject({ status: 409, revision: 3 });
  expect(error).not.toHaveBeenCalled();
});

test("an unknown error is logged once and tells the caller nothing", async () => {
  const { route, error } = wrapper();
  const handle = route({}, () => {
    throw new Error("the name is Anna Muster");
  });
  const body = await problem(await handle(new Request(address), nowhere));
  expect(body).toMatchObject({ status: 500, code: "internal" });
  expect(JSON.stringify(body)).not.toContain("Anna");
  expect(error).toHaveBeenCalledTimes(1);
});

test("values that the database refuses are a mistake of the request, which nothing else caught", async () => {
  const { route, error } = wrapper();
  const handle = route({}, () => {
    const refused = Object.assign(new Error("unsupported Unicode escape sequence"), { code: "22P05" });
    throw new Error("Failed query", { cause: refused });
  });
  const answer = await problem(await handle(new Request(address), nowhere));
  expect(answer).toMatchObject({ status: 400, code: "invalid-request" });
  expect(error).not.toHaveBeenCalled();
});

test("the database being away is 503, also when it shows in the session check", async () => {
  const away = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const { route } = wrapper({
    sessionOf: async () => {
      throw new Error("failed to get session", { cause: away });
    },
  });
  const answer = await route({}, () => ({}))(new Request(address), nowhere);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await problem(answer)).toMatchObject({ status: 503, code: "database-away" });
});

test("a write that a page of another site sent is refused; the app's own pages and programs may write", async () => {
  const { route } = wrapper();
  const handle = route({}, () => ({}));
  const status = async (headers: Record<string, string>) => (await handle(send({}, headers), nowhere)).status;
  expect(await status({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await status({ "sec-fetch-site": "same-site" })).toBe(403);
  expect(await status({ origin: "https://elsewhere.example" })).toBe(403);
  expect(await status({ origin: "null" })).toBe(403);
  expect(await status({ "sec-fetch-site": "same-origin" })).toBe(200);
  expect(await status({ origin: "http://connector.test" })).toBe(200);
  expect(await status({ origin: "https://connector.venue.example" })).toBe(200);
  expect(await status({})).toBe(200);
});
