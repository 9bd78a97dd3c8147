import { readCallAgain } from "@/lib/inbox/read-again";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { idShape } from "../../../records/filter";
import { route } from "../../../route-handler";

/** Has the call read again that an item came with. */
export const POST = route({ params: idShape }, async ({ params: { id }, session }) => {
  const result = await readCallAgain(webRuntime().db, id, session.email);
  if (!result)
    throw new Problem(
      409,
      "conflict",
      "This item is not set aside (any more): it is being read again, or can never be used. Look at the list again.",
    );
  return result;
});
