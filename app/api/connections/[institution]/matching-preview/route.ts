import { z } from "zod";
import { connectionOf } from "@/app/api/mappings/find-mapping";
import { withOrg } from "@/app/api/mappings/ask-org";
import { route } from "@/app/api/route-handler";
import { oneAtATime } from "@/lib/comparison/one-at-a-time";
import { tryMatching } from "@/lib/comparison/matching-try";
import { syncSettings } from "@/lib/connections/sync-settings";
import { matchingSchema } from "@/lib/core/matching/settings";
import { contactKinds } from "@/lib/core/words";
import { published } from "@/lib/mappings/published";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { recordUrl } from "@/lib/records/record-url";

const params = z.object({ institution: z.string() });
const body = z.strictObject({ kind: z.enum(contactKinds), matching: matchingSchema });

/** What the given rules would make of the latest contacts of a kind. Salesforce is asked; nothing is written. */
export const POST = route({ params, body }, async ({ params: { institution }, body: { kind, matching } }) => {
  const { db, log } = webRuntime();
  const connection = await connectionOf(institution);
  const { loginUrl } = connection.settings.salesforce;
  const found = await oneAtATime(db, connection.id, () =>
    withOrg(connection, async (side) =>
      tryMatching({
        deps: { db, published: await published(db, connection.id), settings: syncSettings(connection), log },
        ...{ side, connectionId: connection.id, kind, matching },
        urlOf: (object, id) => recordUrl(loginUrl, object, id),
      }),
    ),
  );
  if (found) return found;
  const sentence = "Somebody tries the rules of this connection right now. Try again when that is through.";
  throw new Problem(409, "conflict", sentence);
});
