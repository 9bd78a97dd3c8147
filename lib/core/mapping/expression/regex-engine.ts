/** The regular expressions of jsonata on RE2: linear time, and the work of repeated matching is counted. */
import { RE2JS } from "re2js";
import { limits } from "./limits";
import { MappingSignal } from "../signal";

interface CompiledRegex {
  readonly pattern: RE2JS;
  readonly size: number;
}

const compiledBySource = new WeakMap<RegExp, CompiledRegex>();

/** Throws an Error with a sentence when RE2 cannot express the pattern (look-around, back-references) or it is huge. */
export function compileRegex(source: RegExp): CompiledRegex {
  const known = compiledBySource.get(source);
  if (known) return known;
  const flags = (source.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (source.multiline ? RE2JS.MULTILINE : 0);
  const pattern = RE2JS.compile(RE2JS.translateRegExp(source.source), flags);
  const size = pattern.matcher("").programSize();
  if (size > limits.regexProgramSize) throw new Error("The regular expression is too large.");
  const compiled = { pattern, size };
  compiledBySource.set(source, compiled);
  return compiled;
}

/** As much of RegExp as jsonata uses: `lastIndex` and `exec`, global flag always set. */
class LinearRegex {
  lastIndex = 0;
  private readonly compiled: CompiledRegex;
  private work = 0;

  constructor(source: unknown) {
    if (!(source instanceof RegExp)) {
      throw MappingSignal.bound("a regular expression cannot stand on the left of ?? or ?:.");
    }
    this.compiled = compileRegex(source);
  }

  exec(text: string): (string[] & { index: number }) | null {
    this.work += (text.length - this.lastIndex + 1) * this.compiled.size;
    if (this.work > limits.regexWork) {
      throw MappingSignal.bound("the regular expression takes too much work on this text.");
    }
    const matcher = this.compiled.pattern.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? "");
    this.lastIndex = matcher.end();
    return Object.assign(groups, { index: matcher.start() });
  }
}

/** For jsonata's `RegexEngine` option, which is typed as RegExp itself. */
export const linearRegexEngine = LinearRegex as unknown as RegExpConstructor;
