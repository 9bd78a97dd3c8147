import { pkcePair, TestBrowser } from "./test-browser";
import type { Answer, TestOrg } from "../test-org";

export const REDIRECT_URI = "http://localhost:1717/OauthRedirect";
export const DEMO = { client_id: "demo-client", client_secret: "demo-secret" };

/** The parameters of a request to authorize, for the demo client unless told otherwise. */
export function asked(changes: Record<string, string> = {}): Record<string, string> {
  return { response_type: "code", client_id: "demo-client", redirect_uri: REDIRECT_URI, ...changes };
}

/** Goes the whole way to a token answer as `admin@myvenue.example`, in a new browser. */
export async function webServerFlow(
  org: TestOrg,
  request: Record<string, string> = {},
  exchange: Record<string, string> = {},
): Promise<Answer<Record<string, string>>> {
  const { verifier, challenge } = pkcePair();
  const answer = await new TestBrowser(org.url).allow(asked({ code_challenge: challenge, ...request }));
  return org.requestToken({
    grant_type: "authorization_code",
    code: answer.get("code") ?? "",
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
    ...DEMO,
    ...exchange,
  });
}

/** Status of a call to the REST API with this token. */
export async function restStatus(org: TestOrg, accessToken: string | undefined): Promise<number> {
  return (await org.api("GET", "/limits", undefined, { authorization: `Bearer ${accessToken}` })).status;
}
