import { printShortForm } from "@/lib/core/mapping/short-form/print";
import { recogniseShortForm } from "@/lib/core/mapping/short-form/recognise";

/** An expression in short form; null where it says more than short form can. */
export function shortTextOf(expression: string): string | null {
  const form = recogniseShortForm(expression);
  return form && printShortForm(form);
}
