import type jsonata from "jsonata";

/** `environment.base.guardrails` of jsonata.js; its type declaration leaves it out. */
interface Clocked {
  readonly base: { readonly guardrails: () => void };
}

/**
 * Throws jsonata's D1012 when the expression has had its time. jsonata looks at the clock at every node of its tree, but not
 * when a function calls another that it was handed: `$map(list, $trim)` is one node.
 */
export function checkClock({ environment }: jsonata.Focus): void {
  (environment as unknown as Clocked).base.guardrails();
}
