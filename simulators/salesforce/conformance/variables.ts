import { createHash, createPrivateKey, sign, type KeyObject } from "node:crypto";
import type { Json } from "./case";

export type Variables = Map<string, Json>;

/**
 * Fills `${name}` in every text of a value, and makes what the table cannot write down:
 * `{"$repeat": n, "of": …}` in an array (with `${n}`), `{"$jwt": claims}`, `{"$s256": verifier}`.
 * A text that is one variable alone takes its value as it is.
 * @throws Error for a variable that nothing has set
 */
export function fill(value: Json, variables: Variables): Json {
  if (typeof value === "string") return fillText(value, variables);
  if (Array.isArray(value)) return value.flatMap((item) => fillItem(item, variables));
  if (typeof value !== "object" || value === null) return value;
  if ("$jwt" in value) return signedAssertion(fill(value.$jwt ?? null, variables), variables);
  if ("$s256" in value) {
    return createHash("sha256")
      .update(String(fill(value.$s256 ?? null, variables)))
      .digest("base64url");
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [String(fillText(name, variables)), fill(each, variables)]),
  );
}

/** As `fill`, for a place that only takes text. */
export function fillToText(value: string, variables: Variables): string {
  const filled = fillText(value, variables);
  return typeof filled === "string" ? filled : JSON.stringify(filled);
}

function fillItem(item: Json, variables: Variables): Json[] {
  if (typeof item !== "object" || item === null || Array.isArray(item) || !("$repeat" in item)) {
    return [fill(item, variables)];
  }
  const { $repeat: times, of = null } = item;
  return Array.from({ length: Number(times) }, (_, n) => fill(of, new Map([...variables, ["n", n]])));
}

function fillText(text: string, variables: Variables): Json {
  const alone = /^\$\{(\w+)\}$/.exec(text)?.[1];
  if (alone !== undefined) return valueOf(alone, variables);
  return text
    .replaceAll(/\$\{x(\d+):([^}]*)\}/g, (_, times: string, part: string) => part.repeat(Number(times)))
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = valueOf(name, variables);
      return typeof value === "string" ? value : JSON.stringify(value);
    });
}

function valueOf(name: string, variables: Variables): Json {
  const value = variables.get(name);
  if (value === undefined) throw new Error(`Nothing has set \${${name}}.`);
  return value;
}

/** A compact RS256 token of the claims; `expiresInS` becomes `exp`; signed with `key` or the client's own. */
function signedAssertion(claims: Json, variables: Variables): string {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims)) {
    throw new Error("$jwt takes an object of claims.");
  }
  const { expiresInS, key = "clientPrivateKey", ...rest } = claims;
  const pem = valueOf(String(key), variables);
  const payload = { ...rest, exp: Math.floor(Date.now() / 1000) + Number(expiresInS ?? 180) };
  return compactToken(payload, createPrivateKey(String(pem)));
}

function compactToken(payload: unknown, key: KeyObject): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256" })}.${part(payload)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
}
