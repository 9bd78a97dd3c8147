/**
 * What it means when S-360, or what stands before it, answers with something other than success: HTTP statuses
 * (s360.md §4.3, §8.18) and refusals inside an answer with HTTP 200 (§4.4).
 */
import { FaultError, type FaultCode } from "@/lib/core/faults";
import { wordOf, type Members } from "./answer";
import type { ContactAssumptions } from "./assumptions";
import type { Service } from "./services";
import { answerLost, unavailable, type Effect } from "./call-failure";
import type { Answer } from "./exchange";

const sentences = {
  s360_limit:
    "S-360 says that the institution makes too many calls. The connector waits; if this happens often, lower the calls per minute of the connection.",
  s360_quota:
    "The institution's S-360 calls for this month are used up. The connector waits; ask SecuTix for more calls, or for less use by other integrations.",
} as const;

/** What a refusal is judged by. */
export interface Ground {
  readonly effect: Effect;
  readonly service: Service;
  readonly assumptions: ContactAssumptions;
  /** Takes secrets out of a text; used before a text is cut, or half a secret would stay. */
  readonly hide: (text: string) => string;
}

/** The fault of an answer that is decided by its status alone; null where its body counts. */
export function statusFault(answer: Answer, members: Members | null, ground: Ground): FaultError | null {
  const { status } = answer;
  const { effect, assumptions } = ground;
  const { thing } = ground.service;
  const origin = originOf(answer, ground);
  const fault = (code: FaultCode, sentence: string): FaultError => new FaultError({ code, sentence, origin });
  if (status === 429 || status === 509) {
    const text = answer.text.toLowerCase();
    const isQuota = assumptions.quotaWords.some((word) => text.includes(word.toLowerCase()));
    const code = isQuota ? "s360_quota" : "s360_limit";
    return fault(code, sentences[code]);
  }
  // Neither an error on the way nor a gateway that gave up says what S-360 did. An update is simply made again; a
  // second create would make a twin.
  if (effect === "create" && status >= 500) {
    return answerLost(`S-360 failed while it created the contact (HTTP ${status}).`, origin);
  }
  if (status === 500)
    return fault("s360_busy", `S-360 failed on this ${thing}. It will be tried again by itself.`);
  if (status === 408 && effect !== "none") return answerLost("S-360 stopped waiting (HTTP 408).", origin);
  if (status > 500 || status === 408) {
    return unavailable(`S-360 is not available at the moment (HTTP ${status}).`, origin);
  }
  if (status >= 300 && status < 400) {
    return fault(
      "s360_unreachable",
      `The S-360 address of the connection leads elsewhere (HTTP ${status}). Enter the address S-360 has now, or take the proxy out of the way.`,
    );
  }
  if (status < 400 || (members && wordOf(members, "statusCode") !== "")) return null;
  if (status === 400 || status === 413 || status === 422) {
    return fault(
      "s360_refused",
      `S-360 could not read what the connector sent for this ${thing} (HTTP ${status}). ${says(origin.message)}`.trim(),
    );
  }
  return fault(
    "s360_unreachable",
    `S-360 does not offer its ${thing} service at the address of the connection (HTTP ${status}). Check the address and the API version, and whether a proxy stands in between.`,
  );
}

/** A refusal of the contact or order itself, in S-360's own words (s360.md §4.4). */
export function businessFault(members: Members, { effect, service, hide }: Ground): FaultError {
  const detail = wordOf(members, "statusDetail");
  const message = wordOf(members, "statusMessage");
  // The code may end in a log: what is no code is told as a message.
  const isCode = /^[\w.:-]{1,100}$/.test(detail);
  const origin = {
    code: isCode ? detail : codeOr(wordOf(members, "statusCode"), "refused"),
    message: hide([isCode ? "" : detail, message].filter((part) => part !== "").join(" ")).slice(0, 1_000),
  };
  // What a create does not find is something it refers to.
  if (effect !== "create" && isNotFound(detail, service)) {
    return new FaultError({ ...service.notFound, origin });
  }
  const words = says(origin.message);
  return new FaultError({
    code: "s360_refused",
    sentence: `S-360 refused this ${service.thing} (${origin.code}). ${words || "Correct the value in Salesforce, or the mapping."}`,
    origin,
  });
}

function codeOr(text: string, other: string): string {
  return /^[\w.:-]{1,100}$/.test(text) ? text : other;
}

function isNotFound(detail: string, { notFoundDetails }: Service): boolean {
  return notFoundDetails.some((each) => each.toLowerCase() === detail.toLowerCase());
}

/** The answer is none of S-360's: a sign-in page of a network, a proxy's error, another service. */
export function notOfS360(answer: Answer, ground: Ground): FaultError {
  return new FaultError({
    code: "s360_unreachable",
    sentence:
      "What came back is not an answer of S-360: something stands in between, such as a proxy or a sign-in page of the network. Check the S-360 address of the connection and the proxy.",
    origin: originOf(answer, ground),
  });
}

function says(message: string): string {
  return message ? `S-360 says: ${message}` : "";
}

/** The status, and what a person would read of the page or text, shortened. */
export function originOf(
  { status, text }: Answer,
  { hide }: Pick<Ground, "hide">,
): { code: string; message: string } {
  const words = hide(text)
    .slice(0, 5_000)
    .replace(/<(script|style)\b.*?<\/\1>/gis, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return { code: `HTTP_${status}`, message: words.slice(0, 500) };
}
