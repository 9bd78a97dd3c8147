import { suggestionsFor } from "./lookup";
import type { PageCall, PageReply } from "./page-call";

/** What a lookup offers while somebody types, as JSON for the page's script. */
export function lookupSuggestions(call: PageCall): PageReply {
  const object = call.schema.find(call.query.get("object") ?? "");
  const suggestions = object ? suggestionsFor(call, object, call.query.get("q") ?? "") : [];
  return {
    status: 200,
    text: JSON.stringify(suggestions),
    contentType: "application/json; charset=utf-8",
  };
}
