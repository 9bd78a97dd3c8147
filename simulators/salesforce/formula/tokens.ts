export interface Token {
  kind: "string" | "number" | "name" | "operator";
  text: string;
}

const TOKEN =
  /\s+|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_$][\w.$]*)|(&&|\|\||<>|!=|<=|>=|==|[-+*/&=<>!(),])/y;

/** Splits a formula into its tokens; strings come without their quotes. */
export function tokenise(formula: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < formula.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(formula);
    if (!match)
      throw new Error(`Syntax error: '${formula.charAt(start)}' is not allowed at position ${start + 1}.`);
    const [, string, number, name, operator] = match;
    if (string !== undefined) tokens.push({ kind: "string", text: unquote(string) });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
  }
  return tokens;
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, "$1");
}
