/** Which objects of the org a mapping could write: describe global, one call. */
import { z } from "zod";
import type { ObjectName } from "@/lib/core/side";
import { FaultError } from "@/lib/core/faults";
import type { SalesforceClient } from "./client";
import { answerFault } from "./faults";

const globalDescribeSchema = z.object({
  sobjects: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      custom: z.boolean(),
      createable: z.boolean(),
      updateable: z.boolean(),
      queryable: z.boolean(),
      layoutable: z.boolean().optional(),
      customSetting: z.boolean().optional(),
      deprecatedAndHidden: z.boolean().optional(),
    }),
  ),
});

/** Objects with a layout that are set-up all the same: Salesforce refuses them in one transaction with business records. */
const setup = new Set(["User"]);

/**
 * Objects that the connector's user may create and change records of, by label; without those of the set-up (permissions,
 * profiles, users), which have no page of their own. A Composite subrequest may name any
 * resource under `/sobjects/`. Throws FaultError.
 */
export async function listObjects(client: SalesforceClient): Promise<readonly ObjectName[]> {
  const answers = await client.composite([{ referenceId: "all", method: "GET", path: "/sobjects" }]);
  const answer = answers.get("all");
  const parsed = globalDescribeSchema.safeParse(answer?.body);
  if (answer?.status !== 200 || !parsed.success) throw new FaultError(answerFault(answer));
  return parsed.data.sobjects
    .filter((object) => object.createable && object.updateable && object.queryable)
    .filter(({ customSetting, deprecatedAndHidden }) => !customSetting && !deprecatedAndHidden)
    .filter(({ name, layoutable }) => layoutable !== false && !setup.has(name))
    .map(({ name, label, custom }) => ({ name, label, custom }))
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}
