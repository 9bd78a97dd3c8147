/**
 * Sales rules: what becomes of the operations of an order by its type and state (design §7), and which sign their amounts
 * get. S-360 tells refunds, reservations, options and abandoned orders through the same door as sales (s360.md §2.1), and
 * the sign of a refund's amounts is not documented (s360.md §8.14): the rules say what the venue's own S-360 means.
 */
import { z } from "zod";
import { storable } from "../../storable-schema";

const text = (longest: number) =>
  storable
    .trim()
    .min(1, "must not be empty")
    .max(longest, `has at most ${longest} characters`)
    .regex(/^[^\p{Cc}]*$/u, "must not hold control characters");

const code = text(40);

const fieldName = z.string().regex(/^(\[p\])?[A-Za-z][A-Za-z0-9_]*$/, "must be the API name of a field");

/** What a marked sale gets in the mark field. */
const mark = text(255);

export const saleActions = ["write", "mark", "ignore"] as const;
export type SaleAction = (typeof saleActions)[number];

/** `plus`, `minus`: amounts get this sign whichever they were sent with. */
export const saleSigns = ["as-sent", "plus", "minus"] as const;
export type SaleSign = (typeof saleSigns)[number];

const saleRuleSchema = z.strictObject({
  /** Values of `order.orderType`; none: every type. */
  types: z.array(code).max(50).default([]),
  /** Values of `order.orderState`; none: every state. */
  states: z.array(code).max(50).default([]),
  /** `mark`: what Salesforce has gets the mark and nothing else; what it does not have is not created. */
  action: z.enum(saleActions).default("write"),
  sign: z.enum(saleSigns).default("as-sent"),
  mark: mark.optional(),
});

export const salesSchema = z.strictObject({
  /** The first that fits an order counts. An order that none fits is written as it was sent. */
  rules: z.array(saleRuleSchema).max(50).default([]),
  /** Target fields whose numbers get the sign. */
  signed: z.array(fieldName).max(50).default([]),
  /** Target field of the marks. */
  markField: fieldName.optional(),
  /** The mark of a sale whose operation is missing in a later version of its order; without, it stays as it is. */
  vanished: mark.optional(),
});

export type SaleRule = z.infer<typeof saleRuleSchema>;
export type SalesRules = z.infer<typeof salesSchema>;

export const noSalesRules: SalesRules = { rules: [], signed: [] };

/** What the rules make of one operation. */
export type SaleStanding =
  | { readonly action: "write"; readonly sign: SaleSign; readonly rule: number | null }
  | { readonly action: "mark"; readonly mark: string; readonly rule: number | null }
  | { readonly action: "ignore"; readonly rule: number };

/** What an order is as long as no rule says otherwise. */
const plain: SaleStanding = { action: "write", sign: "as-sent", rule: null };

/**
 * What becomes of an operation, from `{ operation, order }`. `rule` is the index of the rule that counts; null where
 * none does, and for an operation that has vanished.
 */
export function saleStanding(sales: SalesRules | undefined, source: unknown): SaleStanding {
  if (!sales) return plain;
  const { operation, order } = partsOf(source);
  if (sales.vanished !== undefined && hasVanished(operation, order))
    return { action: "mark", mark: sales.vanished, rule: null };
  const index = sales.rules.findIndex(
    ({ types, states }) => names(types, order["orderType"]) && names(states, order["orderState"]),
  );
  const rule = sales.rules[index];
  if (!rule) return plain;
  if (rule.action === "ignore") return { action: "ignore", rule: index };
  // Publishing demands a mark; a rule that lacks one all the same writes nothing rather than something wrong.
  if (rule.action === "mark")
    return rule.mark === undefined
      ? { action: "ignore", rule: index }
      : { action: "mark", mark: rule.mark, rule: index };
  return { action: "write", sign: rule.sign, rule: index };
}

type Section = Readonly<Record<string, unknown>>;

function partsOf(source: unknown): { operation: Section; order: Section } {
  const { operation, order } = sectionOf(source);
  return { operation: sectionOf(operation), order: sectionOf(order) };
}

function sectionOf(value: unknown): Section {
  return typeof value === "object" && value !== null ? (value as Section) : {};
}

/** Codes compare without case and blanks; an order that does not say is named by no rule that asks. */
function names(codes: readonly string[], value: unknown): boolean {
  if (codes.length === 0) return true;
  if (typeof value !== "string" && typeof value !== "number") return false;
  const said = String(value).trim().toUpperCase();
  return codes.some((each) => each.toUpperCase() === said);
}

/** The order's latest version lists its operations (lib/s360/inbound.ts), and this one is not among them. */
function hasVanished(operation: Section, order: Section): boolean {
  const listed = order["operationIds"];
  const id = operation["operationId"];
  if (!Array.isArray(listed) || (typeof id !== "string" && typeof id !== "number")) return false;
  return !listed.includes(String(id).trim());
}
