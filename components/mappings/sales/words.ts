/** Sales rules as sentences. Pure. */
import { sameSales } from "@/lib/core/mapping/difference";
import type { SaleRule, SalesRules, SaleStanding } from "@/lib/core/mapping/sales/sales";
import { shownName } from "../names";

/** What a sentence calls a field. */
type TextOf = (name: string) => string;

/** What becomes of orders: a sentence a rule, then what holds for all; nothing where nothing is special. */
export function salesSentences(sales: SalesRules | undefined, textOf: TextOf = shownName): string[] {
  if (!sales) return [];
  return [...sales.rules.map((rule) => ruleSentence(rule, sales, textOf)), ...sentencesForAll(sales, textOf)];
}

/** In what sales rules differ. */
export function salesDifferences(
  before: SalesRules | undefined,
  after: SalesRules | undefined,
  textOf: TextOf = shownName,
): string[] {
  const [then, now] = [salesSentences(before, textOf), salesSentences(after, textOf)];
  const gone = then.filter((sentence) => !now.includes(sentence));
  const made = now.filter((sentence) => !then.includes(sentence));
  return [
    ...gone.map((sentence) => `Orders, no longer: ${sentence}`),
    ...made.map((sentence) => `Orders, new: ${sentence}`),
    ...(gone.length + made.length === 0 && !sameSales(before, after)
      ? ["The sales rules are the same in another order."]
      : []),
  ];
}

/** What is said besides the rules. */
export function sentencesForAll(sales: SalesRules, textOf: TextOf = shownName): string[] {
  const { rules, signed, vanished } = sales;
  const signs = rules.some(({ action, sign }) => action === "write" && sign !== "as-sent");
  const names = listed(signed.map(textOf), "and");
  return [
    ...(signs && signed.length > 0 ? [`The sign counts for ${names}.`] : []),
    ...(vanished === undefined
      ? []
      : [`Operations that a later version of their order lacks: ${marked(vanished, sales, textOf)}.`]),
  ];
}

/** "Orders of type REFUND_CLIENT: written, with negative amounts." */
export function ruleSentence(rule: SaleRule, sales: SalesRules, textOf: TextOf = shownName): string {
  return `${whichOrders(rule)}: ${whatBecomes(rule, sales, textOf)}.`;
}

function whichOrders({ types, states }: SaleRule): string {
  const type = types.length > 0 ? ` of type ${listed(types, "or")}` : "";
  const state = states.length > 0 ? ` in state ${listed(states, "or")}` : "";
  return type === "" && state === "" ? "All other orders" : `Orders${type}${state}`;
}

function whatBecomes({ action, sign, mark }: SaleRule, sales: SalesRules, textOf: TextOf): string {
  if (action === "ignore") return "ignored, neither created nor changed in Salesforce";
  if (action === "mark") return marked(mark ?? "", sales, textOf);
  return {
    "as-sent": "written as sent",
    plus: "written, with positive amounts",
    minus: "written, with negative amounts",
  }[sign];
}

function marked(mark: string, { markField }: SalesRules, textOf: TextOf): string {
  const where = markField === undefined ? "" : ` in ${textOf(markField)}`;
  return `marked “${mark}”${where} where Salesforce has them, and not created`;
}

/** Of the chosen record. */
export function standingSentence(standing: SaleStanding): string {
  const rule = standing.rule === null ? null : `rule ${standing.rule + 1}`;
  switch (standing.action) {
    case "ignore":
      return `The chosen record is ignored (${rule})`;
    case "mark":
      return `The chosen record is only marked “${standing.mark}” (${rule ?? "vanished"})`;
    case "write":
      return rule === null
        ? "The chosen record is written as sent"
        : `The chosen record is written (${rule})`;
  }
}

function listed(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
