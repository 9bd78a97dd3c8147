/** Authenticated calls: one session, one renewal at most per call, Composite on top. */
import { FaultError } from "@/lib/core/faults";
import { DEFAULT_TIMEOUT_MS, type SalesforceConfig } from "./config";
import { createExchange, type Answer, type Exchange, type ExchangeOptions } from "./exchange";
import { callFailure, refusedCall } from "./call-failure";
import { createOrgClock } from "./org-clock";
import { keepSession, type Session, type SessionKeeper } from "./session";
import { compositeAnswerSchema } from "./wire";

export interface Subrequest {
  /** Letters and digits only, unique in the call. */
  readonly referenceId: string;
  readonly method: "GET" | "PATCH" | "POST";
  /** From the version root: `/query?q=…`, or from `/services/…`. */
  readonly path: string;
  readonly body?: unknown;
  /** Headers of its own; it does not inherit those of the call (salesforce.md §3.4). */
  readonly httpHeaders?: Readonly<Record<string, string>>;
}

export interface Subanswer {
  readonly status: number;
  readonly body: unknown;
}

/** One call to a resource of its own. */
export interface Call extends ExchangeOptions {
  readonly method: "GET" | "PATCH" | "POST" | "PUT";
  /** From the version root. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
}

export interface SalesforceClient {
  /**
   * Up to 25 subrequests, of which five may be queries or collections, in the order given; one API call
   * (salesforce.md §3.6). A subrequest's failure is its own. Throws FaultError when the call as a whole failed, and what
   * `before` throws, which is called right before it is sent.
   */
  composite(
    subrequests: readonly Subrequest[],
    before?: ExchangeOptions["before"],
  ): Promise<ReadonlyMap<string, Subanswer>>;
  /** The answer to one call. Throws FaultError, CallRefused where the org answered otherwise than with success. */
  call(call: Call): Promise<Answer>;
  /** The org's id, once signed in. */
  organizationId(): Promise<string>;
  /** The id of the user who is signed in, 18 characters. */
  userId(): Promise<string>;
  /** The org's clock, ms since 1970, as its last answer told it; ours until then. */
  serverNowMs(): number;
}

export function createClient(config: SalesforceConfig): SalesforceClient {
  const clock = createOrgClock(config.now ?? Date.now);
  const carry = createExchange({
    takeToken: config.takeToken,
    onCall: config.onCall,
    outbound: config.outbound,
    timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  });
  const exchange: Exchange = async (...given) => {
    const answer = await carry(...given);
    clock.hear(answer.sentAtMs);
    return answer;
  };
  const keeper = keepSession({
    loginUrl: config.loginUrl,
    apiVersion: config.apiVersion,
    signIn: config.signIn,
    exchange,
    now: config.now ?? Date.now,
  });
  const root = `/services/data/v${config.apiVersion}`;

  return {
    organizationId: async () => (await keeper.current()).organizationId,
    userId: async () => (await keeper.current()).userId,
    serverNowMs: () => clock.nowMs(),
    composite: async (subrequests, before) => {
      const body = JSON.stringify({
        allOrNone: false,
        collateSubrequests: false,
        compositeRequest: subrequests.map(({ path, ...rest }) => ({
          ...rest,
          url: path.startsWith("/services/") ? path : root + path,
        })),
      });
      const path = `${root}/composite`;
      const call: Call = { method: "POST", path, body, contentType: "application/json", before };
      return toSubanswers(await sendOnce(exchange, keeper, call));
    },
    call: (call) => sendOnce(exchange, keeper, { ...call, path: root + call.path }),
  };
}

/**
 * Sends with the current session. Refused as expired, it sends once more with a renewed one, unless a new session is
 * no better: one that never worked, or the same token again. So no call costs more than three requests, where
 * jsforce's own refresh has no end (salesforce.md §0.2).
 */
async function sendOnce(exchange: Exchange, keeper: SessionKeeper, call: Call): Promise<Answer> {
  const first = await keeper.current();
  const answer = await send(exchange, first, call);
  if (!isExpired(answer)) return accepted(first, answer);
  if (!first.proven) throw stillRefused(keeper, first, answer);

  const second = await keeper.renewed(first);
  if (second.accessToken === first.accessToken) throw stillRefused(keeper, second, answer);
  const again = await send(exchange, second, call);
  if (!isExpired(again)) return accepted(second, again);
  throw stillRefused(keeper, second, again);
}

async function send(exchange: Exchange, session: Session, call: Call): Promise<Answer> {
  const { connection } = session;
  const { method, path, body, contentType, accept = "application/json", timeoutMs, before } = call;
  const headers = { ...(contentType && { "content-type": contentType }), accept };
  const url = connection.instanceUrl + path;
  try {
    return await exchange(connection, { method, url, headers, body }, { timeoutMs, before });
  } catch (error) {
    throw callFailure(error, connection.instanceUrl);
  }
}

function accepted(session: Session, answer: Answer): Answer {
  const refusal = sessionRefusal(answer);
  if (refusal) throw refusal;
  if (answer.status < 200 || answer.status >= 300) throw refusedCall(answer);
  session.proven = true;
  return answer;
}

/** 401s that a new session would not cure (salesforce.md §3.1). */
const incurable: readonly (readonly [text: string, sentence: string])[] = [
  [
    "This session is not valid for use with the REST API",
    "The sign-in works, but its session may not use the REST API. Give the external client app the scope “Manage user data via APIs (api)”.",
  ],
  [
    "Connected app is not attached to Agent",
    "The sign-in works, but the external client app belongs to Agentforce. Use an app of its own for the connector.",
  ],
];

function sessionRefusal(answer: Answer): FaultError | null {
  if (answer.status !== 401) return null;
  const known = incurable.find(([text]) => answer.text.includes(text));
  if (!known) return null;
  const [message, sentence] = known;
  return new FaultError({ code: "sign_in", sentence, origin: { code: "HTTP_401", message } });
}

function isExpired(answer: Answer): boolean {
  return answer.status === 401 && sessionRefusal(answer) === null;
}

function stillRefused(keeper: SessionKeeper, session: Session, answer: Answer): FaultError {
  keeper.drop(session);
  return new FaultError({
    code: "sign_in",
    sentence:
      "Salesforce accepts the sign-in but refuses the session it gives. Check the org's IP and session restrictions for the connector's user and external client app.",
    origin: { code: "HTTP_401", message: answer.text.slice(0, 200) },
  });
}

function toSubanswers(answer: Answer): ReadonlyMap<string, Subanswer> {
  const parsed = compositeAnswerSchema.safeParse(answer.body);
  if (!parsed.success) {
    throw new FaultError({
      code: "org_unreachable",
      sentence:
        "What came back is not an answer of Salesforce. Check the login URL and whether a proxy stands in between.",
      origin: { code: `HTTP_${answer.status}`, message: "" },
    });
  }
  return new Map(
    parsed.data.compositeResponse.map(({ referenceId, httpStatusCode, body }) => [
      referenceId,
      { status: httpStatusCode, body },
    ]),
  );
}
