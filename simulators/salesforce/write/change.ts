import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";

/** One row about to be saved: what it was, what it will be, and which fields the caller gave. */
export interface Change {
  kind: "insert" | "update";
  object: SObject;
  before: Row | undefined;
  after: Row;
  given: ReadonlySet<FieldModel>;
  /** An Account that is a person. */
  isPerson: boolean;
  /** Who saves. */
  writer: Writer;
}

/** An update of the contact that belongs to a person account. */
export function isPersonContactEdit({ object, before }: Change): boolean {
  return object.name === "Contact" && before?.IsPersonAccount === true;
}
