/** A piece of a query's text. */
export interface Token {
  readonly kind: "word" | "string" | "other";
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** How many parentheses are open around it; a parenthesis itself stands outside. */
  readonly depth: number;
}

const TOKEN = /\s+|'(?:[^'\\]|\\[^])*'?|[A-Za-z_]\w*|\d[\w:.+-]*|[^]/gu;

/** The words, texts in quotes and signs of a query, blanks left out. */
export function tokenise(query: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const match of query.matchAll(TOKEN)) {
    const [text] = match;
    if (text.trim() === "") continue;
    if (text === ")") depth -= 1;
    tokens.push({ kind: kindOf(text), text, from: match.index, to: match.index + text.length, depth });
    if (text === "(") depth += 1;
  }
  return tokens;
}

/** Whether a token is this keyword, in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toUpperCase() === word;
}

function kindOf(text: string): Token["kind"] {
  if (text.startsWith("'")) return "string";
  return /^[A-Za-z_]/.test(text) ? "word" : "other";
}
