import type { Change } from "./change";
import type { FieldModel, Value } from "../model/types";

/** A row on its way into the database, not checked yet. */
export interface Draft extends Pick<Change, "kind" | "object" | "before" | "isPerson"> {
  /** Starts as the row was, or as a new row of this object is. */
  after: Record<string, Value>;
  values: ReadonlyMap<FieldModel, Value>;
}
