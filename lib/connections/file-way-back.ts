/** The parts of a connection's file that are about the way back to S-360: contacts out, rules, assumptions. */
import { z } from "zod";
import { contactsOutSchema, rulesSchema } from "@/lib/core/connection-settings";
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import { contactKinds } from "@/lib/core/words";
import { contactAssumptionsSchema, type ContactAssumptions } from "@/lib/s360/assumptions";

const assumed = contactAssumptionsSchema.shape;

/** Only what differs from the assumptions, so that a better default of a later version counts for everything else. */
export const fileAssumptionsSchema = z
  .strictObject({
    saveIndividualMethod: assumed.saveIndividualMethod.unwrap().optional(),
    saveStructureMethod: assumed.saveStructureMethod.unwrap().optional(),
    saveWrapper: assumed.saveWrapper.unwrap().optional(),
    saves: assumed.saves.unwrap().optional(),
    lists: assumed.lists.unwrap().optional(),
    searchMethod: assumed.searchMethod.unwrap().optional(),
    searchCriteria: assumed.searchCriteria.unwrap().optional(),
    searchListMembers: assumed.searchListMembers.unwrap().optional(),
    contactWrapper: assumed.contactWrapper.unwrap().optional(),
    successCode: assumed.successCode.unwrap().optional(),
    inProgressCode: assumed.inProgressCode.unwrap().optional(),
    notFoundDetails: assumed.notFoundDetails.unwrap().optional(),
    orderService: assumed.orderService.unwrap().optional(),
    orderApiVersion: assumed.orderApiVersion.unwrap().optional(),
    orderWrapper: assumed.orderWrapper.unwrap().optional(),
    orderNotFoundDetails: assumed.orderNotFoundDetails.unwrap().optional(),
    quotaWords: assumed.quotaWords.unwrap().optional(),
    longMembers: assumed.longMembers.unwrap().optional(),
  } satisfies Record<keyof ContactAssumptions, z.ZodType>)
  .prefault({});

export const fileContactsOutSchema = contactsOutSchema.prefault({});

export const fileRulesSchema = rulesSchema
  .superRefine(({ out }, context) => {
    for (const kind of contactKinds) {
      const { createWhen } = out[kind];
      const problem = createWhen.trim() === "" ? undefined : checkExpression(createWhen)[0];
      if (!problem) continue;
      const near = problem.position ? ` (Near character ${problem.position}.)` : "";
      context.addIssue({
        code: "custom",
        path: ["out", kind, "createWhen"],
        message: `${problem.sentence}${near}`,
      });
    }
  })
  .prefault({});
