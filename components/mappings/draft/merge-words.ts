/** What somebody else did to a draft that is open here, in words. Pure. */
import type { DraftSummary } from "@/lib/mappings/contract";
import type { Merged, Taken } from "./merge";
import { shownName } from "../names";

/** Whose a choice is. */
export function whose({ by }: Pick<DraftSummary, "by">, actor: string): string {
  return by === actor ? "The other window" : (by ?? "Theirs");
}

const parts: Record<Exclude<Taken["what"], "line">, string> = {
  filter: "Which records take part",
  sales: "What becomes of orders (the sales rules)",
  order: "The order of the lines",
};

/** "Account Phone changed". */
export function takenWords({ what, target, change }: Taken, labelOf = shownName): string {
  return `${what === "line" ? labelOf(target ?? "") : parts[what]} ${change}`;
}

const mostNamed = 3;

/** What the step of taking it in is called. */
export function takenTitle(
  draft: DraftSummary,
  actor: string,
  { taken }: Pick<Merged, "taken">,
  labelOf = shownName,
): string {
  const changes =
    draft.by === actor ? "What you saved in another window" : `What ${draft.by ?? "somebody"} saved`;
  const named = taken.slice(0, mostNamed).map((each) => takenWords(each, labelOf));
  const more = taken.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  return `${changes} is taken in${list === "" ? "" : `: ${list}`}`;
}

/** What a clash is about. */
export function clashTitle(what: Taken["what"], target: string | null, labelOf = shownName): string {
  return what === "line" ? labelOf(target ?? "") : parts[what];
}
