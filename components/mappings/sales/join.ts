import { sameSales } from "@/lib/core/mapping/difference";
import type { SalesRules } from "@/lib/core/mapping/sales/sales";

/** The name of the step that a change of the sales rules belongs to: texts that are typed are one step, all else is its own. */
export function joinOfSales(before: SalesRules, after: SalesRules): string | null {
  return sameSales(withoutTexts(before), withoutTexts(after)) ? "texts of the sales rules" : null;
}

function withoutTexts({ vanished, rules, ...sales }: SalesRules): SalesRules {
  const plain = rules.map(({ mark, ...rule }) => (mark === undefined ? rule : { ...rule, mark: "" }));
  return { ...sales, rules: plain, ...(vanished !== undefined && { vanished: "" }) };
}
