import { idText, objectsOf, type Json, type JsonObject } from "../venue/json";
import { itemKeys, newItem, type ListSection } from "./members";

/**
 * The list that a save leaves. `replace`: the sent one, where an item that names a known id keeps it. `merge`: the
 * stored one, with each sent item put into the item of its id or code, or added. An item without an id gets a new one.
 */
export function savedList(
  section: ListSection,
  stored: Json | undefined,
  sent: Json,
  mode: "replace" | "merge",
  newId: () => number,
): JsonObject[] {
  const { key, assigned } = itemKeys[section];
  const added = (item: JsonObject): JsonObject => {
    const needsId = assigned && idText(item[key]) === null;
    return withFlags(section, { ...newItem[section], ...item, ...(needsId ? { [key]: newId() } : {}) });
  };
  const items = objectsOf(sent);
  if (mode === "replace" || sent === null) return items.map(added);
  const merged = objectsOf(stored);
  for (const item of items) {
    const named = idText(item[key]);
    const at = named === null ? -1 : merged.findIndex((each) => idText(each[key]) === named);
    if (at < 0) merged.push(added(item));
    else merged[at] = withFlags(section, { ...merged[at], ...item });
  }
  return merged;
}

/** A flag that was sent as null is false. */
function withFlags(section: ListSection, item: JsonObject): JsonObject {
  const entries = Object.entries(item).map(([member, value]) => {
    const isFlag = typeof newItem[section][member] === "boolean";
    return [member, isFlag ? value === true : value] as const;
  });
  return Object.fromEntries(entries);
}
