import { meantFilter, type MeantFilter } from "@/lib/core/mapping/filter/meant";
import type { EditorSource } from "../source/source";

/** What a filter likely means that says something else; null where it says it. */
export function meantBy(filter: string, { model, overview }: EditorSource): MeantFilter | null {
  const codes = new Set(Object.values(overview?.codes ?? {}).flat());
  return meantFilter(filter, model, codes);
}
