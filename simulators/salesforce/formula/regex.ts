import { RE2JS } from "re2js";

const compiled = new Map<string, RE2JS>();

/**
 * Compiles a pattern for a matcher whose time grows with the text alone, so that no formula can hold the org up.
 * @throws Error for a pattern that is wrong, or that uses look-around or back references
 */
export function compilePattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  const fresh = RE2JS.compile(pattern);
  compiled.set(pattern, fresh);
  return fresh;
}

/** Whether the whole text matches, as the formula function REGEX asks. */
export function matchesWhole(pattern: string, text: string): boolean {
  return compilePattern(pattern).matches(text);
}
