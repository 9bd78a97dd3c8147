/** Reads a short form. What it cannot read is a sentence with its place, what was expected and what was likely meant. */
import { shortened } from "../../shortened";
import { closest } from "../../closest";
import {
  belowValue,
  knownLists,
  memberOf,
  membersBelow,
  sentenceOfUnknown,
  type SourceMember,
} from "../source-model";
import {
  plainName,
  shortHelpers,
  type ShortAnswer,
  type ShortCondition,
  type ShortForm,
  type ShortHelper,
  type ShortPath,
  type ShortProblem,
  type ShortProblemCode,
  type ShortStep,
  type ShortValue,
} from "./form";
import { assembled, type Item } from "./assembled";
import { sumWith } from "./sum";
import { sentenceOfUnknownMap } from "../value-maps/unknown-map";
import { tokensOf, type Token } from "./tokens";
import { isNameOfFunction, unknownFunction } from "./unknown-function";
import { codeAfterValue, expectedAfterValue, expectedName, problemAt, Unreadable } from "./unreadable";

/** Characters; as an expression may have. */
const longest = 10_000;

/**
 * Never throws. `model`: what the source holds; names of it are taken in any case, as S-360's own language does.
 * `valueMaps`: the names of all there are, empty where they are not known.
 */
export function readShortForm(
  source: string,
  model: readonly SourceMember[] = [],
  valueMaps: readonly string[] = [],
): ShortAnswer {
  if (source.length > longest)
    return failed({
      code: "too_long",
      sentence: `A line has at most ${longest} characters.`,
      position: longest + 1,
      length: 1,
    });
  const cut = tokensOf(source);
  if (!cut.ok) return failed(cut.problem);
  try {
    const reader = new Reader(cut.tokens, model, valueMaps);
    return { ok: true, form: reader.line(), unknown: reader.unknown };
  } catch (error) {
    if (error instanceof Unreadable) return failed(error.problem);
    throw error;
  }
}

function failed(problem: ShortProblem): ShortAnswer {
  return { ok: false, problem };
}

interface Step {
  readonly step: ShortStep;
  /** What it is known to hold. */
  readonly within: readonly SourceMember[];
  /** An element was chosen by a filter. */
  readonly chosen: boolean;
}

class Reader {
  readonly unknown: ShortProblem[] = [];
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly model: readonly SourceMember[],
    private readonly valueMaps: readonly string[],
  ) {}

  line(): ShortForm {
    const [only, ...more] = this.tokens;
    if (only && more.length === 0)
      throw problemAt("empty", only, "There is nothing here. Write a path, such as contactNumber.");
    const constant = this.constant();
    if (constant) return constant;
    const items: Item[] = [];
    do {
      this.refuseNumber(items);
      items.push(this.item());
    } while (this.take("+"));
    const rest = this.peek();
    if (rest.kind !== "end") throw problemAt(codeAfterValue(rest), rest, expectedAfterValue(rest));
    return assembled(items);
  }

  /** A text, a number or a yes or no that stands alone. */
  private constant(): ShortForm | null {
    const [only, end] = this.tokens;
    if (end?.kind !== "end" || !only) return null;
    if (only.kind === "text") return { form: "constant", value: only.text };
    if (only.kind === "number") return { form: "constant", value: Number(only.text) };
    if (only.kind === "name" && !only.quoted && (only.text === "true" || only.text === "false"))
      return { form: "constant", value: only.text === "true" };
    return null;
  }

  private item(): Item {
    const token = this.peek();
    if (token.kind === "text") {
      this.at++;
      return { text: token.text };
    }
    if (token.kind === "name" && !token.quoted && token.text === "EOL") {
      this.at++;
      return { text: "\n" };
    }
    return { value: this.value() };
  }

  /** S-360 has no value whose path is a number: who writes one beside `+` wants to calculate, and `+` joins. */
  private refuseNumber(before: readonly Item[]): void {
    const number = this.peek();
    const next = this.tokens[this.at + 1]?.text;
    if (number.kind !== "number" || next === "/" || next === ".") return;
    const [value] = before.flatMap((item) => ("value" in item ? [item.value] : []));
    const how = value ? `: ${sumWith(value, number.text, this.model)}` : "";
    const sentence = `+ joins text here; to calculate, write it as an expression${how}. To join ${number.text} as text, write "${number.text}".`;
    throw problemAt("number_to_add", number, sentence);
  }

  private value(): ShortValue {
    if (this.take("!")) return { through: { by: "not" }, ...this.source() };
    const helper = this.helper();
    return helper ?? { through: { by: "itself" }, ...this.source() };
  }

  /** `money(path)`, `valueMap(titles, path)`; null when a path begins here. */
  private helper(): ShortValue | null {
    const name = this.peek();
    if (!this.isCall(name)) return null;
    const by = helperNamed(name.text);
    if (by === null) return null;
    this.at += 2;
    const through = by === "valueMap" ? { by, name: this.mapName() } : { by };
    const source = this.source();
    this.expect(")", "bracket_expected", "A closing bracket is missing.");
    return { through, ...source };
  }

  private mapName(): string {
    const name = this.peek();
    if (name.kind !== "name" && name.kind !== "text")
      throw problemAt(
        "name_expected",
        name,
        "The name of a value map is expected: valueMap(titles, individualContact/title).",
      );
    this.at++;
    this.expect(
      ",",
      "value_expected",
      "A comma and the path of the code are expected: valueMap(titles, individualContact/title).",
    );
    this.noteValueMap(name);
    return name.text;
  }

  private noteValueMap({ text, position, length }: Token): void {
    if (this.valueMaps.length === 0 || this.valueMaps.includes(text)) return;
    const likely = closest(text, this.valueMaps);
    const suggestion = likely === null || plainName.test(likely) ? likely : JSON.stringify(likely);
    const sentence = sentenceOfUnknownMap(text, this.valueMaps);
    this.unknown.push({
      code: "unknown_name",
      sentence,
      position,
      length,
      suggestion: suggestion ?? undefined,
    });
  }

  /** A path, or `first(path, path …)`. */
  private source(): Pick<ShortValue, "from" | "filled"> {
    const name = this.peek();
    if (!this.isCall(name) || name.text !== "first") {
      const path = this.path();
      return readsUnchosenList(path)
        ? { from: [ofOne(path)], filled: true }
        : { from: [path], filled: false };
    }
    this.at += 2;
    const from = [ofOne(this.path())];
    while (this.take(",")) from.push(ofOne(this.path()));
    this.expect(")", "bracket_expected", "A comma or a closing bracket is expected.");
    return { from, filled: true };
  }

  private path(): ShortPath {
    const steps: ShortStep[] = [];
    const begin = this.peek();
    let members = this.model;
    let chosen = false;
    this.refuseFunction(begin);
    do {
      const read = this.step(members);
      steps.push(read.step);
      members = read.within;
      chosen = read.chosen;
    } while (this.take("/") || this.take("."));
    const last = steps.at(-1);
    if (last && (chosen || members.length > 0)) throw this.wholeElement(begin, last, members);
    return steps;
  }

  private step(members: readonly SourceMember[]): Step {
    const token = this.peek();
    if (token.kind !== "name" && token.kind !== "number")
      throw problemAt("name_expected", token, expectedName(token));
    this.at++;
    const known = this.known(members, token);
    const plain = { name: known?.name ?? token.text, all: false, position: null, where: [] };
    const within = known ? membersBelow(known) : [];
    if (!this.take("(")) return { step: plain, within, chosen: false };
    const { chosen, ...choice } = this.choice(within);
    this.expect(")", "bracket_expected", "A comma or a closing bracket is expected.");
    // Of what is no list that we know, all is taken anyway.
    const all = choice.all === true && knownLists.has(plain.name);
    return { step: { ...plain, ...choice, all }, within, chosen };
  }

  /** What stands in the brackets after a list. */
  private choice(members: readonly SourceMember[]): Partial<ShortStep> & { readonly chosen: boolean } {
    if (this.take("*")) return { all: true, chosen: false };
    const token = this.peek();
    if (token.kind === "number") {
      this.at++;
      const position = Number(token.text);
      if (Number.isInteger(position) && position >= 1 && position <= 1000) return { position, chosen: true };
      throw problemAt(
        "value_expected",
        token,
        "The place of an element in its list is counted from 1: addresses(1)/town.",
      );
    }
    const where = [this.condition(members)];
    while (this.take(",")) where.push(this.condition(members));
    return { where, chosen: true };
  }

  /** `upper(name)` reads like a list with a filter, and nothing inside it is named: a function was meant. */
  private refuseFunction(name: Token): void {
    if (!this.isCall(name) || memberOf(this.model, name.text) || knownLists.has(name.text)) return;
    const closing = this.closingBracket();
    const next = closing === null ? undefined : this.tokens[closing + 1]?.text;
    if (next === "/" || next === ".") return;
    // All of a list of texts: the institution's own, which the model does not know.
    if (this.tokens[this.at + 2]?.text === "*" && closing === this.at + 3 && !isNameOfFunction(name.text))
      return;
    const problem = unknownFunction(name.text);
    // A list of the institution's own may still be in the making.
    if (closing === null && !problem.isSure) return;
    throw problemAt("unknown_function", name, problem.sentence, problem.suggestion);
  }

  /** Of the bracket that opens at the next word. */
  private closingBracket(): number | null {
    let open = 0;
    for (let at = this.at + 1; at < this.tokens.length; at++) {
      const { kind, text } = this.tokens[at] as Token;
      if (kind !== "sign") continue;
      if (text === "(") open++;
      if (text === ")" && --open === 0) return at;
    }
    return null;
  }

  private condition(members: readonly SourceMember[]): ShortCondition {
    const negated = this.take("!");
    const token = this.peek();
    if (token.kind !== "name")
      throw problemAt(
        "name_expected",
        token,
        "The name of a flag or of a code is expected: main, or authorizationCode=EMAIL.",
      );
    this.at++;
    const member = this.known(members, token);
    const name = member?.name ?? token.text;
    const isNot = !negated && this.peek().text === "!" && this.tokens[this.at + 1]?.text === "=";
    if (isNot) this.at++;
    if (!this.take("=")) return { name, test: "set", value: true, not: negated };
    if (negated) throw problemAt("unexpected_sign", token, `Write ${name}!=… for “is not”.`);
    return { name, test: "equal", value: this.literal(isText(member, name)), not: isNot };
  }

  /** The member of the model, if it has one; a name it does not know is noted. */
  private known(members: readonly SourceMember[], token: Token): SourceMember | undefined {
    const { text, quoted, position, length } = token;
    const member = quoted ? members.find(({ name }) => name === text) : memberOf(members, text);
    if (member || (members.length === 0 && members !== belowValue)) return member;
    const isLineBreak = !quoted && text.toUpperCase() === "EOL";
    const names = members.map(({ name }) => name);
    const suggestion = isLineBreak ? "EOL" : closest(text, names);
    const sentence = sentenceOfUnknown(text, members, suggestion);
    this.unknown.push({
      code: "unknown_name",
      sentence,
      position,
      length,
      suggestion: suggestion ?? undefined,
    });
    return undefined;
  }

  /** `asText`: numbers and `true` too. */
  private literal(asText: boolean): string | number | boolean {
    const token = this.peek();
    if (token.kind !== "name" && token.kind !== "text" && token.kind !== "number")
      throw problemAt(
        "value_expected",
        token,
        "A value is expected after =. Put it in quotes when it holds spaces or signs.",
      );
    this.at++;
    if (asText) return token.text;
    if (token.kind === "number") return Number(token.text);
    const isWord = token.kind === "name" && !token.quoted;
    return isWord && (token.text === "true" || token.text === "false") ? token.text === "true" : token.text;
  }

  private wholeElement(begin: Token, { name }: ShortStep, members: readonly SourceMember[]): Unreadable {
    const example = members[0]?.name ?? "…";
    const sentence = `${shortened(name)} holds several values, and a field takes one: name the one inside it, as in ${shortened(name)}/${example}.`;
    return problemAt("whole_element", begin, sentence);
  }

  private isCall(token: Token): boolean {
    const next = this.tokens[this.at + 1];
    return token.kind === "name" && !token.quoted && next?.kind === "sign" && next.text === "(";
  }

  private peek(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  private take(sign: string): boolean {
    const token = this.peek();
    if (token.kind !== "sign" || token.text !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string, code: ShortProblemCode, sentence: string): void {
    if (!this.take(sign)) throw problemAt(code, this.peek(), sentence);
  }
}

/** S-360 sends codes as texts, also those made of digits, and the yes or no of an indicator (s360.md §1.3, §1.4). */
function isText(member: SourceMember | undefined, name: string): boolean {
  if (!member) return /code$/i.test(name);
  return member.type === "text" || member.type === "code";
}

function helperNamed(name: string): ShortHelper | "valueMap" | null {
  if (name === "valueMap") return name;
  return shortHelpers.find((helper) => helper === name) ?? null;
}

/** Whether one element of the list is meant. */
export function isChosen({ position, where }: ShortStep): boolean {
  return position !== null || where.length > 0;
}

/** A list of which no element is chosen, and not all are meant: its first value that is not empty counts. */
export function readsUnchosenList(path: ShortPath): boolean {
  return path.slice(0, -1).some((step) => knownLists.has(step.name) && !step.all && !isChosen(step));
}

/** Of all values the first that is not empty: then it does not matter that all are meant. */
function ofOne(path: ShortPath): ShortPath {
  return path.map((step) => ({ ...step, all: false }));
}
