/** How a line goes back, as data. */
import type { Place } from "./inverse-place";

/** What a function of the expression did to the S-360 value and has to be undone; `type` when there was none. */
export type Conversion =
  | { readonly by: "type" | "opposite" | "phone" | "country" | "date" | "dateTime" | "money" | "number" }
  | { readonly by: "valueMap"; readonly name: string };

export type Inverse =
  | { readonly form: "value"; readonly place: Place; readonly conversion: Conversion }
  /** One line of the text each. */
  | { readonly form: "lines"; readonly places: readonly Place[] };
