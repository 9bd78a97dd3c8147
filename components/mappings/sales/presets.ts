/** Rules that venues ask for first, to begin with. Pure. */
import type { SaleRule } from "@/lib/core/mapping/sales";

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
