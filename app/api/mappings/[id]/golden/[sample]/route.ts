import { z } from "zod";
import { mappingParams, ordinal, rowId, sampleName } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { changeGolden } from "@/lib/mappings/golden";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = mappingParams.extend({ sample: rowId });
const body = z.object({
  revision: ordinal,
  change: z.union([
    z.object({ what: z.literal("rename"), name: sampleName }),
    z.object({ what: z.enum(["remove", "put-back"]) }),
  ]),
});

/** Renames, removes or puts back a golden sample that was seen at `revision`. */
export const PATCH = route({ params, body }, async ({ params: { id, sample }, body: given, session }) => {
  const input = { ...given, mappingId: id, id: sample, actor: session.email };
  const result = await changeGolden(webRuntime().db, input);
  if (result.outcome === "changed") return result;
  const detail =
    "Somebody else changed or removed this sample in between. What is shown now is how it stands.";
  throw new Problem(409, "conflict", detail);
});
