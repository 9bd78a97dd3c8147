import { ComponentProblem, type Outcome } from "./component";
import type { Draft } from "./draft";
import { childText, type XmlElement } from "./xml";
import { hashedId } from "../access/hashed-id";

/**
 * Puts the tab of a custom object into the draft.
 * @throws ComponentProblem for another kind of tab, or an object that is not there
 */
export function deployTab(draft: Draft, source: XmlElement, name: string): Outcome {
  if (childText(source, "customObject") !== "true") {
    throw new ComponentProblem("The simulated org deploys only tabs of custom objects.");
  }
  if (childText(source, "motif") === undefined) {
    throw new ComponentProblem("Required field is missing: motif");
  }
  if (draft.schema.find(name)?.model.custom !== true) {
    throw new ComponentProblem(`In field: customObject - no CustomObject named ${name} found`);
  }
  const isNew = !draft.tabs.has(name);
  draft.tabs.add(name);
  return { kind: "done", change: isNew ? "created" : "unchanged", id: hashedId("01r", name) };
}
