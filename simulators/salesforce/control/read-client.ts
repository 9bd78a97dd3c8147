import { ControlError } from "./errors";
import { optionalText, textOf, type ControlRequest } from "./request";
import { clientKeyProblem } from "../oauth/client-key";
import { KNOWN_SCOPES } from "../oauth/scopes";
import { isRedirectUri, type OAuthClient } from "../org/clients";

type Body = ControlRequest["body"];

const FIELDS = new Set<string>([
  "clientId",
  "clientSecret",
  "publicKeyPem",
  "username",
  "name",
  "redirectUris",
  "scopes",
  "requireSecret",
  "requirePkce",
  "rotateRefreshTokens",
  "allowPasswordFlow",
] satisfies (keyof OAuthClient)[]);

/** The client app that a control request describes. @throws ControlError */
export function readClient(body: Body): OAuthClient {
  const unknown = Object.keys(body).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) {
    throw new ControlError(`A client has no "${unknown}", only ${[...FIELDS].join(", ")}.`);
  }
  return {
    clientId: textOf(body, "clientId"),
    clientSecret: optionalText(body, "clientSecret"),
    publicKeyPem: optionalKey(body, "publicKeyPem"),
    username: textOf(body, "username"),
    name: optionalText(body, "name"),
    redirectUris: optionalList(body, "redirectUris", isRedirectUri, "an absolute address without fragment"),
    scopes: optionalList(body, "scopes", (scope) => KNOWN_SCOPES.includes(scope), KNOWN_SCOPES.join(", ")),
    requireSecret: optionalFlag(body, "requireSecret"),
    requirePkce: optionalFlag(body, "requirePkce"),
    rotateRefreshTokens: optionalFlag(body, "rotateRefreshTokens"),
    allowPasswordFlow: optionalFlag(body, "allowPasswordFlow"),
  };
}

function optionalList(
  body: Body,
  name: string,
  isGood: (text: string) => boolean,
  good: string,
): string[] | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string" && isGood(one))) {
    throw new ControlError(`"${name}" must be a list of texts, each ${good}.`);
  }
  return value.map(String);
}

function optionalKey(body: Body, name: string): string | undefined {
  const pem = optionalText(body, name);
  const problem = pem === undefined ? undefined : clientKeyProblem(pem);
  if (problem !== undefined) throw new ControlError(`"${name}" ${problem}.`);
  return pem;
}

function optionalFlag(body: Body, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || typeof value === "boolean") return value;
  throw new ControlError(`"${name}" must be true or false.`);
}
