import { createHmac, timingSafeEqual } from "node:crypto";
import { isObject, readJson, type JsonObject } from "../venue/json";

const part = /^[A-Za-z0-9_-]+$/;

/** A compact JWT, HS256. */
export function signJwt(claims: JsonObject, secret: string | Buffer): string {
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${signature(signed, secret)}`;
}

/** Header and claims of a compact JWT, unverified; null for every other text. */
export function openJwt(token: string): { header: JsonObject; claims: JsonObject } | null {
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every((each) => part.test(each))) return null;
  const [header, claims] = parts.slice(0, 2).map(decode);
  return isObject(header) && isObject(claims) ? { header, claims } : null;
}

/** True when the token was signed with this secret by HS256; takes the same time for every wrong signature. */
export function isSignedWith(token: string, secret: string | Buffer): boolean {
  const end = token.lastIndexOf(".");
  const expected = Buffer.from(signature(token.slice(0, end), secret));
  const given = Buffer.from(token.slice(end + 1));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function signature(signed: string, secret: string | Buffer): string {
  return createHmac("sha256", secret).update(signed).digest("base64url");
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value), "utf8").toString("base64url");
}

function decode(text: string) {
  try {
    return readJson(Buffer.from(text, "base64url").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
