/** What sentences call a field. Pure. */
import { fieldNamed } from "../compile";
import type { MappingTarget } from "../evaluation";

/**
 * The label by which people know the field; with its API name where another field of the object has the same label. The
 * API name alone, as it was given, where the org has no such field or cannot be asked.
 */
export function fieldWords(name: string, target: MappingTarget | null): string {
  const field = target && fieldNamed(name, target);
  if (!field) return name;
  const isShared = target.describe.fields.some((each) => each !== field && each.label === field.label);
  return isShared ? `${field.label} (${field.name})` : field.label;
}
