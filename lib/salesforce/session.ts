/**
 * One session of one org: signs in on the org's My Domain (salesforce.md §3.1), keeps the token, and renews it at most
 * once for any number of calls that found it expired. There is no refresh token in either flow and no `expires_in`:
 * a 401 is the only sign of expiry.
 */
import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import type { Connection } from "jsforce";
import { z } from "zod";
import { FaultError } from "@/lib/core/faults";
import type { SignIn } from "./config";
import { openConnection, type Answer, type Exchange } from "./exchange";
import { callFailure } from "./call-failure";
import { fullId } from "./record-id";
import { signInFault, signInRefused } from "./sign-in-fault";

export interface Session {
  readonly connection: Connection;
  readonly accessToken: string;
  /** `00D…`, from the identity URL. */
  readonly organizationId: string;
  /** `005…` in 18 characters, from the identity URL: the user that everything is done as. */
  readonly userId: string;
  /** Set once the org has accepted the token for any call. */
  proven: boolean;
}

export interface SessionKeeper {
  /** The session in use; signs in where there is none. Throws FaultError (sign_in, org_unreachable, org_unavailable). */
  current(): Promise<Session>;
  /** A session other than the one the org just refused. */
  renewed(refused: Session): Promise<Session>;
  /** The session is of no use: the next call signs in anew. */
  drop(refused: Session): void;
}

export interface SessionConfig {
  readonly loginUrl: string;
  readonly apiVersion: string;
  readonly signIn: SignIn;
  readonly exchange: Exchange;
  readonly now: () => number;
}

/** Salesforce takes assertions of at most three minutes (salesforce.md §3.1). */
const ASSERTION_LIFETIME_S = 170;

const tokenAnswer = z.object({ access_token: z.string().min(1), instance_url: z.url(), id: z.string() });

export function keepSession(config: SessionConfig): SessionKeeper {
  let session: Session | null = null;
  let signingIn: Promise<Session> | null = null;

  const signInOnce = (): Promise<Session> => {
    signingIn ??= openSession(config)
      .then((opened) => (session = opened))
      .finally(() => (signingIn = null));
    return signingIn;
  };

  return {
    current: async () => session ?? signInOnce(),
    renewed: async (refused) => {
      if (session === refused) session = null;
      return session ?? signInOnce();
    },
    drop: (refused) => {
      if (session === refused) session = null;
    },
  };
}

async function openSession(config: SessionConfig): Promise<Session> {
  const { origin, hostname } = new URL(config.loginUrl);
  if (hostname.endsWith(".lightning.force.com")) {
    throw new FaultError(signInRefused("lightning_url", ""));
  }
  const form = new URLSearchParams(await grant(config, origin));
  const answer = await config
    .exchange(openConnection(config.apiVersion, origin), {
      method: "POST",
      url: `${origin}/services/oauth2/token`,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: form.toString(),
    })
    .catch((error: unknown) => {
      throw callFailure(error, origin);
    });
  if (answer.status !== 200) throw new FaultError(signInFault(answer, config.signIn.flow));
  return toSession(config, origin, answer);
}

function toSession(config: SessionConfig, origin: string, answer: Answer): Session {
  const token = tokenAnswer.safeParse(answer.body);
  if (!token.success) throw new FaultError(signInRefused("no_token", "The answer held no access token."));
  const instance = new URL(token.data.instance_url);
  if (origin.startsWith("https:") && instance.protocol !== "https:") {
    throw new FaultError(
      signInRefused("insecure_instance", "The answer named an address without encryption."),
    );
  }
  const connection = openConnection(config.apiVersion, instance.origin, token.data.access_token);
  const [organizationId = "", userId = ""] = token.data.id.split("/").slice(-2);
  return {
    connection,
    accessToken: token.data.access_token,
    organizationId,
    userId: fullId(userId),
    proven: false,
  };
}

async function grant({ signIn, now }: SessionConfig, origin: string): Promise<Record<string, string>> {
  if (signIn.flow === "client-credentials") {
    return {
      grant_type: "client_credentials",
      client_id: signIn.clientId,
      client_secret: signIn.clientSecret,
    };
  }
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(signIn.clientId)
    .setSubject(signIn.username)
    .setAudience(origin)
    .setExpirationTime(Math.floor(now() / 1000) + ASSERTION_LIFETIME_S)
    .sign(readKey(signIn.privateKey));
  return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion };
}

function readKey(pem: string): ReturnType<typeof createPrivateKey> {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "rsa") return key;
  } catch (cause) {
    throw new FaultError(signInRefused("private_key", "The private key could not be read."), { cause });
  }
  throw new FaultError(signInRefused("private_key", "The private key is not an RSA key."));
}
