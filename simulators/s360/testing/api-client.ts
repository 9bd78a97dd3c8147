import { SignJWT } from "jose";
import type { S360Simulator } from "../server";
import type { JsonObject } from "../venue/json";

export const contactService = "/tnco/backend-apis/contactInformationPublicService/v2_21";
export const tokenPath = "/tnai/backend-apis/v1/auth";

const demoSecret = "demo-s360-secret";

/** A token as S-360's REST page describes it, made by another library than the simulator's. Undefined drops a claim. */
export function token(
  claims: Record<string, unknown> = {},
  secret = demoSecret,
  alg = "HS256",
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const all = { sub: "myvenue", aud: "MYVENUE_CRM", iss: "CRM", iat, exp: iat + 30, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}

export type Answer = { status: number; text: string; body: JsonObject; headers: Headers };

/** One call. A text body is sent as it is; headers may replace the token and the content type. */
export async function call(
  s360: S360Simulator,
  path: string,
  body: JsonObject | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(s360.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${await token()}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  const { status } = response;
  return { status, text, body: isJson ? (JSON.parse(text) as JsonObject) : {}, headers: response.headers };
}

/** Calls a method of the contact service and gives the answer's body. */
export async function contacts(s360: S360Simulator, method: string, body: JsonObject): Promise<JsonObject> {
  const answer = await call(s360, `${contactService}/${method}`, body);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.body;
}

/** Asks the simulator itself. */
export async function control(s360: S360Simulator, method: string, word: string, body: unknown = {}) {
  const response = await fetch(`${s360.url}/__control/${word}`, {
    method,
    body: method === "GET" ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
