/** What the token endpoint's refusals mean and what to do about them (salesforce.md §3.1). */
import { z } from "zod";
import type { Fault, FaultCode } from "@/lib/core/faults";
import { noSuchOrg } from "./call-failure";
import type { SignIn } from "./config";
import type { Answer } from "./exchange";

const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

type Flow = SignIn["flow"];

const advice: Readonly<Record<string, string | Readonly<Record<Flow, string>>>> = {
  invalid_client_id:
    "Salesforce does not know this client id. Copy the consumer key of the external client app again, and check that the login URL is the My Domain of the same org.",
  invalid_client:
    "Salesforce did not accept the client secret. Copy the consumer secret of the external client app again.",
  invalid_grant: {
    "client-credentials":
      "Salesforce refused the client credentials flow. In the external client app, enable it and choose a user to run as, and use the org's My Domain as login URL.",
    jwt: "Salesforce refused the signed assertion. Check that the username exists in this org, that the certificate in the external client app belongs to the private key, and that the user is pre-authorized for the app.",
  },
  invalid_assertion:
    "Salesforce refused the signed assertion. Check that the certificate in the external client app belongs to the private key and that this machine's clock is right.",
  inactive_user: "The Salesforce user of the connector is inactive. Activate the user or choose another one.",
  inactive_org: "The Salesforce org is locked or closed. Ask Salesforce or the owner of the org.",
  invalid_app_access:
    "The Salesforce user is not allowed to use the external client app. Assign the app to the user's profile or permission set.",
  app_not_found:
    "The external client app is not installed in this org. Install it there, and use the org's My Domain as login URL instead of login.salesforce.com or test.salesforce.com.",
  unsupported_grant_type:
    "The external client app does not offer this sign-in flow. Enable the flow that the connection uses.",
  unauthorized_client:
    "The external client app may not use this sign-in flow. Enable the flow that the connection uses.",
  lightning_url:
    "The login URL is the address of Lightning pages. Use the My Domain instead, such as https://venue.my.salesforce.com.",
  private_key: "Paste the RSA private key as a PEM text that begins with -----BEGIN PRIVATE KEY-----.",
};

/** Refusals that describe a moment, not a mistake: trying again helps, a person cannot. */
const passing: Readonly<Record<string, FaultCode>> = {
  rate_limit_exceeded: "org_limit",
  temporarily_unavailable: "org_unavailable",
  server_error: "org_unavailable",
  unknown_error: "org_unavailable",
};

/** The fault for an answer of the token endpoint other than 200. */
export function signInFault(answer: Answer, flow: Flow): Fault {
  const parsed = refusal.safeParse(answer.body);
  if (!parsed.success) return unreadable(answer.status);
  const { error, error_description: message = "" } = parsed.data;
  const code = passing[error];
  if (code) return { code, sentence: passingSentence(code), origin: { code: error, message } };
  return signInRefused(error, message, flow);
}

/** A sign-in that a person has to put right. `message` is the org's own explanation. */
export function signInRefused(error: string, message: string, flow: Flow = "client-credentials"): Fault {
  const known = advice[error];
  const what = typeof known === "object" ? known[flow] : known;
  const words = message ? ` Salesforce says: ${message}` : "";
  return {
    code: "sign_in",
    sentence: what
      ? `${what}${words}`
      : `Salesforce refused the sign-in (${error}). Check the connection's credentials.${words}`,
    origin: { code: error, message },
  };
}

function unreadable(status: number): Fault {
  const origin = { code: `HTTP_${status}`, message: "" };
  if (status === 420) return { ...noSuchOrg, origin };
  if (status >= 500 || status === 429) {
    return { code: "org_unavailable", sentence: passingSentence("org_unavailable"), origin };
  }
  return {
    code: "sign_in",
    sentence: `The login URL did not answer like a Salesforce org (HTTP ${status}). Check that it is the org's My Domain, such as https://venue.my.salesforce.com.`,
    origin,
  };
}

function passingSentence(code: FaultCode): string {
  return code === "org_limit"
    ? "Salesforce has seen too many sign-ins in a short time. The connector waits and tries again."
    : "Salesforce cannot sign the connector in at the moment. It will be tried again by itself.";
}
