/** Signed-in calls of S-360's services: one request each, one more where S-360's own token had expired. */
import type { BeforeSending } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import { readMembers, wordOf, type Members } from "./answer";
import { defaultContactAssumptions, type ContactAssumptions } from "./assumptions";
import { answerLost, callFailure, type Effect } from "./call-failure";
import { DEFAULT_API_VERSION, DEFAULT_TIMEOUT_MS, type ContactSideConfig } from "./config";
import { createExchange, type Answer, type Pay } from "./exchange";
import { businessFault, notOfS360, originOf, statusFault, type Ground } from "./refusal";
import { createSecretMask } from "./secret-mask";
import { signInRefused } from "./sign-in-fault";
import { signWithJwt, signWithToken, type Bearer, type SignIn } from "./sign-in";
import { isPage, tokenIn } from "./token-answer";
import { contactService, orderService, type Service } from "./services";
import { writeExact } from "./write-exact";

export interface ContactClient {
  readonly assumptions: ContactAssumptions;
  /** The members of an answer that says success. Throws FaultError for everything else. */
  call(method: string, body: Members, effect: Effect, sending?: Sending): Promise<Members>;
  /** The same of the order service; it is only asked. */
  askOrders(method: string, body: Members, sending?: Pick<Sending, "before">): Promise<Members>;
}

interface Sending {
  /** For the first request. */
  readonly pay?: Pay;
  /** Before each. */
  readonly before?: BeforeSending;
}

export function createContactClient(config: ContactSideConfig): ContactClient {
  const assumptions = config.assumptions ?? defaultContactAssumptions;
  const now = config.now ?? Date.now;
  const base = config.baseUrl.replace(/\/+$/, "");
  const contacts = contactService(config.apiVersion ?? DEFAULT_API_VERSION, assumptions);
  const longMembers = new Set(assumptions.longMembers);
  const mask = createSecretMask(config.secret);
  const exchange = createExchange({ ...config, now, timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS });

  /** `text` holds personal data or the secret: it is handed to the exchange and to nothing else. */
  const post = async (
    method: string,
    path: string,
    text: string,
    effect: Effect,
    { bearer, ...sending }: Sending & { readonly bearer?: Bearer } = {},
  ): Promise<Answer> => {
    try {
      return await exchange({ method, url: base + path, body: text, bearer: bearer?.text, ...sending });
    } catch (error) {
      throw callFailure(error, base, effect);
    }
  };
  const fetchToken = async (): Promise<string> => {
    const { operator, partner, secret } = config;
    const body = JSON.stringify({ operator, partner, secret });
    const answer = await post("auth", "/tnai/backend-apis/v1/auth", body, "none");
    const ground: Ground = { effect: "none", service: contacts, assumptions, hide: mask.hide };
    const token = tokenIn(answer, ground, answer.skewMs ?? config.clockSkewMs());
    mask.learn(token);
    return token;
  };
  const signIn: SignIn =
    config.authentication === "jwt" ? signWithJwt({ ...config, now }) : signWithToken(fetchToken, now);

  const call = async (
    service: Service,
    method: string,
    body: Members,
    { effect, pay, before }: Sending & { readonly effect: Effect },
  ): Promise<Members> => {
    const path = `${service.path}/${method}`;
    const text = writeExact(body, longMembers);
    const first = await signIn.current();
    let answer = await post(method, path, text, effect, { bearer: first, pay, before });
    // 401 says that nothing was done, so sending again is safe.
    const second = answer.status === 401 ? await signIn.renewed(first) : null;
    if (second) answer = await post(method, path, text, effect, { bearer: second, before });
    if (answer.status === 401 || answer.status === 403) {
      const skewMs = answer.skewMs ?? config.clockSkewMs();
      throw signInRefused({ origin: originOf(answer, mask), skewMs });
    }
    return accepted(answer, { effect, service, assumptions, hide: mask.hide });
  };

  const masked = async (...args: Parameters<typeof call>): Promise<Members> => {
    try {
      return await call(...args);
    } catch (error) {
      throw mask.error(error);
    }
  };
  return {
    assumptions,
    call: (method, body, effect, sending) => masked(contacts, method, body, { effect, ...sending }),
    askOrders: (method, body, sending) =>
      masked(orderService(assumptions), method, body, { effect: "none", ...sending }),
  };
}

function accepted(answer: Answer, ground: Ground): Members {
  const { effect, service, assumptions } = ground;
  const members = readMembersOf(answer, ground);
  const fault = statusFault(answer, members, ground);
  if (fault) throw fault;
  if (!members) {
    // A page has come from something in between; an answer that is neither may be S-360's own, cut off.
    if (effect !== "create" || isPage(answer.text)) throw notOfS360(answer, ground);
    throw answerLost("S-360 answered with something that cannot be read.", originOf(answer, ground));
  }
  const statusCode = wordOf(members, "statusCode");
  if (statusCode === assumptions.successCode && answer.status < 300) return members;
  if (statusCode === assumptions.inProgressCode) throw notDoneYet(statusCode, effect);
  // No word on how it ended: S-360's all the same where it speaks of what was asked for.
  if (statusCode === "") {
    if (service.speaksOf.some((name) => Object.hasOwn(members, name))) return members;
    throw notOfS360(answer, ground);
  }
  throw businessFault(members, ground);
}

function notDoneYet(statusCode: string, effect: Effect): FaultError {
  const origin = { code: statusCode, message: "" };
  if (effect !== "none") return answerLost("S-360 has not finished this change yet.", origin);
  return new FaultError({
    code: "s360_busy",
    sentence: "S-360 has not finished this call yet. It will be tried again by itself.",
    origin,
  });
}

/** An answer nested too deeply to be kept concerns this one alone, and after a save the change is made. */
function readMembersOf(answer: Answer, { effect, service }: Ground): Members | null {
  try {
    return readMembers(answer.text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const origin = { code: `HTTP_${answer.status}`, message: error.message };
    if (effect !== "none") throw answerLost("S-360 answered with something that cannot be read.", origin);
    throw new FaultError({
      code: "unusable_item",
      sentence: `The ${service.thing} cannot be read from S-360: it is ${error.message}.`,
      origin,
    });
  }
}
