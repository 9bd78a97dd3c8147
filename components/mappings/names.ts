import { kindTable } from "@/lib/core/kinds";
import type { Kind } from "@/lib/core/words";

/** An object or field, or a sentence that names some, without the `[p]` that stands for the org's package prefix. */
export function shownName(name: string): string {
  return name.replaceAll("[p]", "");
}

/** "Individual → Account". */
export function mappingTitle({ kind, object }: { kind: Kind; object: string }): string {
  return `${kindTable[kind].label} → ${shownName(object)}`;
}
