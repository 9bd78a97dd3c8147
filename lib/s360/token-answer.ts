/** What the endpoint for tokens answers (s360.md §4.2). Its faults concern the whole venue, never one contact. */
import { z } from "zod";
import { readMembers, wordOf, type Members } from "./answer";
import { unavailable } from "./call-failure";
import type { Answer } from "./exchange";
import { notOfS360, originOf, statusFault, type Ground } from "./refusal";
import { signInRefused } from "./sign-in-fault";

/** What may stand in a header line. */
const tokenAnswer = z.object({ token: z.string().regex(/^[\x21-\x7e]+$/) });

/** Statuses of 400 and more that do not speak of who asks. */
const notAboutUs: ReadonlySet<number> = new Set([404, 405, 407, 408, 410, 429]);

/** The token. Throws FaultError (s360_sign_in and what statusFault knows). `skewMs`: S-360's clock ahead of ours. */
export function tokenIn(answer: Answer, ground: Ground, skewMs: number): string {
  const { status } = answer;
  if (status === 500) throw unavailable("S-360 cannot give a token (HTTP 500).", originOf(answer, ground));
  if (status >= 400 && status < 500 && !notAboutUs.has(status)) {
    throw signInRefused({ origin: originOf(answer, ground), skewMs });
  }
  const fault = statusFault(answer, null, ground);
  if (fault) throw fault;
  const members = readMembers(answer.text);
  // A text that is no page may be the token itself, so it is not told.
  if (!members) throw notOfS360({ ...answer, text: isPage(answer.text) ? answer.text : "" }, ground);
  const given = tokenAnswer.safeParse(members);
  if (!given.success) throw signInRefused({ origin: wordsBesideToken(members), skewMs });
  return given.data.token;
}

export function isPage(text: string): boolean {
  return text.trimStart().startsWith("<");
}

/** Only the envelope's own words: what else is there may be a token under another name. */
function wordsBesideToken(members: Members): { code: string; message: string } {
  const message = [wordOf(members, "statusDetail"), wordOf(members, "statusMessage")].join(" ").trim();
  return { code: "NO_TOKEN", message };
}
