/** E-mail addresses in a text, found by their @: looking for them at every character takes long where there are many. */

const outside = /[\s@<>;,]/;
/** Bounded: a text may be long and hold none. */
const longestLocal = 200;
const domainForm = /[^\s@<>;,]{1,200}\.[^\s@<>;,]{1,100}/uy;

export interface Stretch {
  readonly text: string;
  readonly isMail: boolean;
}

/** The text in stretches: addresses, and what stands between them. */
export function* stretchesOf(text: string): Generator<Stretch> {
  let end = 0;
  let at = text.indexOf("@");
  for (; at >= 0; at = text.indexOf("@", at + 1)) {
    const begin = beginOf(text, end, at);
    domainForm.lastIndex = at + 1;
    const [domain] = begin < at ? (domainForm.exec(text) ?? []) : [];
    if (domain === undefined) continue;
    if (begin > end) yield { text: text.slice(end, begin), isMail: false };
    end = at + 1 + domain.length;
    yield { text: text.slice(begin, end), isMail: true };
  }
  if (end < text.length) yield { text: text.slice(end), isMail: false };
}

/** Where the part before the @ begins; a scheme before it is none of it. */
function beginOf(text: string, from: number, at: number): number {
  let begin = at;
  while (begin > from && at - begin < longestLocal && !outside.test(text.charAt(begin - 1))) begin--;
  if (/[\udc00-\udfff]/.test(text.charAt(begin))) begin++;
  const scheme = /^.*https?:\/\//s.exec(text.slice(begin, at));
  return begin + (scheme?.[0].length ?? 0);
}

/** Whether there is one in the text. */
export function holdsMail(text: string): boolean {
  for (const { isMail } of stretchesOf(text)) if (isMail) return true;
  return false;
}
