import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { rawEvent } from "@/lib/records/items";
import { idShape } from "../../records/filter";
import { route } from "../../route-handler";

/** One item exactly as it arrived. */
export const GET = route({ params: idShape }, async ({ params: { id } }) => {
  const event = await rawEvent(webRuntime().db, id);
  if (!event) throw notFound("This item is not kept any more.");
  return event;
});
