import type { Source } from "./queries";

export type ReadSource =
  { readonly source: Source; readonly problem: null } | { readonly source: null; readonly problem: string };

/** What was typed as the source of a sample, or what is wrong with it. */
export function readSource(text: string): ReadSource {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === "object" && read !== null && !Array.isArray(read))
      return { source: read as Source, problem: null };
    return { source: null, problem: "It must be one record in braces: { … }." };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { source: null, problem: `This is not JSON: ${error.message}` };
  }
}
