import { isWord, tokenise, type Token } from "./tokens";

export type Clause = "SELECT" | "FROM" | "USING" | "WHERE" | "GROUP BY" | "HAVING" | "ORDER BY";

/** The text of a query, or of one query inside it, for saying where in it an error is. */
export class QuerySource {
  private constructor(
    readonly text: string,
    private readonly tokens: readonly Token[],
    private readonly depth: number,
  ) {}

  static of(text: string): QuerySource {
    return new QuerySource(text, tokenise(text), 0);
  }

  /** The query in parentheses that comes at this place among those of a clause. */
  inner(clause: "SELECT" | "WHERE", place: number): QuerySource {
    const from = this.startOf(clause);
    const to = clause === "SELECT" ? this.startOf("FROM") : this.tokens.length;
    let seen = 0;
    for (let at = from; at < to; at++) {
      const token = this.tokens[at];
      if (token?.text !== "(" || !isWord(this.tokens[at + 1], "SELECT")) continue;
      const end = this.closing(at);
      if (seen === place) return new QuerySource(this.text, this.tokens.slice(at + 1, end), token.depth + 1);
      seen += 1;
      at = end;
    }
    return this;
  }

  /** Where a name such as `Account.Name` stands in a clause; where the clause begins when it is not found. */
  find(name: string, clause: Clause): number {
    const start = this.startOf(clause);
    const parts = tokenise(name).map(({ text }) => text.toLowerCase());
    for (const isWhole of [true, false]) {
      for (let at = start; at < this.tokens.length; at++) {
        if (this.matchesAt(parts, at) && (!isWhole || this.isWholeName(at, parts.length))) {
          return this.tokens[at]?.from ?? 0;
        }
      }
    }
    return this.tokens[start]?.from ?? 0;
  }

  /** Where a keyword stands for the n-th time, counted from nought, in a clause. */
  findNth(word: string, clause: Clause, n: number): number {
    const places = this.tokens.slice(this.startOf(clause)).filter((token) => isWord(token, word));
    return (places[n] ?? places.at(-1))?.from ?? 0;
  }

  private matchesAt(parts: readonly string[], at: number): boolean {
    return parts.every((part, offset) => this.tokens[at + offset]?.text.toLowerCase() === part);
  }

  private isWholeName(at: number, length: number): boolean {
    return this.tokens[at - 1]?.text !== "." && this.tokens[at + length]?.text !== ".";
  }

  private startOf(clause: Clause): number {
    const [first = "", second] = clause.split(" ");
    const found = this.tokens.findIndex(
      (token, at) =>
        token.depth === this.depth &&
        isWord(token, first) &&
        (second === undefined || isWord(this.tokens[at + 1], second)),
    );
    return Math.max(0, found);
  }

  private closing(open: number): number {
    const depth = this.tokens[open]?.depth;
    const found = this.tokens.findIndex(
      (token, at) => at > open && token.text === ")" && token.depth === depth,
    );
    return found < 0 ? this.tokens.length : found;
  }
}
