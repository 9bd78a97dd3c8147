export type Authentication =
  | { kind: "none" }
  | { kind: "basic"; user: string; password: string }
  | { kind: "apikey"; header: string; value: string };

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const headerValue = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * Reads `none`, `basic:user:password` or `apikey:header:value`; what follows the second colon may hold colons.
 * The three ways in which S-360 can sign in at a webhook's receiver. Throws Error with a sentence.
 */
export function parseAuthentication(text: string): Authentication {
  if (text === "none") return { kind: "none" };
  const [, kind, name = "", secret = ""] = /^(basic|apikey):([^:]+):(.+)$/s.exec(text) ?? [];
  if (kind === "basic") return { kind, user: name, password: secret };
  if (kind !== "apikey")
    throw new Error("Authentication is none, basic:user:password or apikey:header:value.");
  if (!headerName.test(name)) throw new Error(`"${name}" cannot be the name of an HTTP header.`);
  if (!headerValue.test(secret)) throw new Error("The API key has characters that no HTTP header can carry.");
  return { kind, header: name, value: secret };
}

/** The request headers that carry the authentication. */
export function authenticationHeaders(authentication: Authentication): Record<string, string> {
  if (authentication.kind === "basic") {
    const pair = `${authentication.user}:${authentication.password}`;
    return { authorization: `Basic ${Buffer.from(pair, "utf8").toString("base64")}` };
  }
  if (authentication.kind === "apikey") return { [authentication.header]: authentication.value };
  return {};
}
