/** Which codes records hold, place by place. Pure. */
import { memberOf, type SourceMember } from "@/lib/core/mapping/source-model";

const deepest = 7;
const mostPlaces = 300;
/** What has more values is no list of codes. */
const mostCodes = 200;
const longestCode = 60;

/** Names that venues give codes, besides those that S-360's documentation knows. */
const codeName = /(code|type|state|status|role|kind|category|level)$/i;

/** By the names that lead there: `authorizations/authorizationCode`. */
export function seenCodes(
  records: readonly unknown[],
  model: readonly SourceMember[],
): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  const walk = (value: unknown, members: readonly SourceMember[], path: readonly string[]): void => {
    if (Array.isArray(value)) return value.forEach((item) => walk(item, members, path));
    if (typeof value !== "object" || value === null || path.length >= deepest) return;
    for (const [name, inner] of Object.entries(value)) {
      const member = memberOf(members, name);
      if (typeof inner !== "string") walk(inner, member?.members ?? [], [...path, name]);
      else if (member?.type === "code" || (!member && codeName.test(name)))
        note([...path, name].join("/"), inner);
    }
  };
  const note = (place: string, code: string): void => {
    const codes = found.get(place) ?? new Set();
    if (codes.size > mostCodes || (found.size >= mostPlaces && !found.has(place))) return;
    if (code !== "" && code.length <= longestCode) found.set(place, codes.add(code));
  };
  for (const record of records) walk(record, model, []);
  return Object.fromEntries(
    [...found].filter(([, codes]) => codes.size <= mostCodes).map(([place, codes]) => [place, [...codes]]),
  );
}
