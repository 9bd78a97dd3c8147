import type { OrderCodes } from "./contract";

/** Types and states of orders among sources of sales, each once; of other sources nothing. Pure. */
export function orderCodesOf(sources: readonly unknown[]): OrderCodes {
  const orders = sources.flatMap((source) => {
    const order = (source as { order?: unknown } | null)?.order;
    return typeof order === "object" && order !== null ? [order as Record<string, unknown>] : [];
  });
  const seen = (key: string) =>
    [...new Set(orders.map((order) => order[key]))].filter((code) => typeof code === "string" && code !== "");
  return { types: seen("orderType") as string[], states: seen("orderState") as string[] };
}
