import { ControlError } from "./errors";
import type { SObject } from "../model/schema";
import type { Org } from "../org/org";

/** The object with this name. @throws ControlError */
export function objectNamed(org: Org, name: string): SObject {
  const object = org.schema.find(name);
  if (!object) throw new ControlError(`There is no object "${name}" in this org.`);
  return object;
}
