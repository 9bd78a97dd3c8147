/** Rules that venues ask for first, to begin with. Pure. */
import type { SaleRule } from "@/lib/core/mapping/sales/sales";

export interface Preset {
  readonly label: string;
  readonly rule: SaleRule;
}

const plain: SaleRule = { types: [], states: [], action: "write", sign: "as-sent" };

/** Codes as s360.md §2.4 has them; both spellings of an abandoned order, as only one can be right (§8.13). */
export const presets: readonly Preset[] = [
  {
    label: "Refunds with negative amounts",
    rule: { ...plain, types: ["REFUND_CLIENT", "REFUND_ORGANIZATION"], sign: "minus" },
  },
  {
    label: "Mark abandoned orders",
    rule: { ...plain, states: ["ABANDONNED", "ABANDONED"], action: "mark", mark: "Abandoned" },
  },
  {
    label: "Ignore options",
    rule: { ...plain, types: ["OPTION"], action: "ignore" },
  },
  {
    label: "Ignore reservations",
    rule: { ...plain, types: ["RESERVATION"], action: "ignore" },
  },
  {
    label: "Mark released options and reservations",
    rule: { ...plain, types: ["OPTION_FREEING", "RESERVATION_FREEING"], action: "mark", mark: "Released" },
  },
  { label: "A rule of your own", rule: plain },
];

/** A rule for a state counts for every type: it goes before the rules for types, which would catch its orders. */
export function withPreset(rules: readonly SaleRule[], { rule }: Preset): { rules: SaleRule[]; at: number } {
  const first = isForState(rule) ? rules.findIndex(({ states }) => states.length === 0) : -1;
  const at = first < 0 ? rules.length : first;
  return { rules: rules.toSpliced(at, 0, rule), at };
}

function isForState({ types, states }: SaleRule): boolean {
  return types.length === 0 && states.length > 0;
}

/** Numbers of the rules above that catch orders which a rule for a state is for too. */
export function caughtBefore(rules: readonly SaleRule[], index: number): number[] {
  const rule = rules[index];
  if (!rule || !isForState(rule)) return [];
  return rules.slice(0, index).flatMap(({ states }, above) => (states.length === 0 ? [above + 1] : []));
}
