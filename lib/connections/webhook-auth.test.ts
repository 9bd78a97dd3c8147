import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyWebhook } from "./webhook-auth";

const basic = { kind: "basic", username: "s360" } as const;
const apiKey = { kind: "api-key", header: "X-Api-Key" } as const;

function basicHeader(user: string, password: string, encoding: BufferEncoding = "utf8"): Headers {
  return new Headers({
    authorization: `Basic ${Buffer.from(`${user}:${password}`, encoding).toString("base64")}`,
  });
}

test("without authentication every call passes", () => {
  expect(verifyWebhook({ kind: "none" }, null, new Headers())).toBe(true);
});

test("Basic: the agreed user and password pass, everything else does not", () => {
  expect(verifyWebhook(basic, "open sesame", basicHeader("s360", "open sesame"))).toBe(true);
  expect(verifyWebhook(basic, "open sesame", basicHeader("s360", "open sesam"))).toBe(false);
  expect(verifyWebhook(basic, "open sesame", basicHeader("S360", "open sesame"))).toBe(false);
  expect(verifyWebhook(basic, "open sesame", new Headers())).toBe(false);
  expect(verifyWebhook(basic, "open sesame", new Headers({ authorization: "Bearer x" }))).toBe(false);
  expect(verifyWebhook(basic, "open sesame", new Headers({ authorization: "Basic" }))).toBe(false);
});

test("Basic: the scheme is read in any case, and passwords may hold colons and any character", () => {
  const encoded = Buffer.from("s360:a:b:ü€").toString("base64");
  expect(verifyWebhook(basic, "a:b:ü€", new Headers({ authorization: `bASIC  ${encoded}` }))).toBe(true);
  expect(verifyWebhook(basic, "grün", basicHeader("s360", "grün", "latin1"))).toBe(true);
});

test("Basic: any pair passes against itself and fails against another password", () => {
  const text = fc.string({ unit: "binary", minLength: 1 }).map((value) => value.toWellFormed());
  fc.assert(
    fc.property(text, text, (password, other) => {
      expect(verifyWebhook(basic, password, basicHeader("s360", password))).toBe(true);
      if (other !== password) expect(verifyWebhook(basic, other, basicHeader("s360", password))).toBe(false);
    }),
  );
});

test("API key: the header's name is read in any case, its value exactly", () => {
  expect(verifyWebhook(apiKey, "k3y", new Headers({ "x-api-key": "k3y" }))).toBe(true);
  expect(verifyWebhook(apiKey, "k3y", new Headers({ "X-API-KEY": " k3y " }))).toBe(true);
  expect(verifyWebhook(apiKey, "k3y", new Headers({ "x-api-key": "K3y" }))).toBe(false);
  expect(verifyWebhook(apiKey, "k3y", new Headers({ "x-api-key": "k3y, k3y" }))).toBe(false);
  expect(verifyWebhook(apiKey, "k3y", new Headers())).toBe(false);
});

test("a secret that is not stored refuses every call", () => {
  expect(verifyWebhook(basic, null, basicHeader("s360", ""))).toBe(false);
  expect(verifyWebhook(apiKey, "", new Headers({ "x-api-key": "" }))).toBe(false);
});
