/**
 * What S-360's documentation does not say about its contact service, as settings (s360.md §8): the defaults are our most
 * plausible reading. When SecuTix tells otherwise, a connection overrides the setting and no code changes.
 */
import { z } from "zod";

const memberName = z.string().regex(/^\w+$/, "must be a name of letters, digits and _");
const code = z.string().min(1);

export const contactAssumptionsSchema = z.strictObject({
  /** Saves individuals and relays. The name is documented (s360.md §4.5), its request and answer are not (§8.17). */
  saveIndividualMethod: memberName.default("saveIndividualContactData"),
  /** Saves structures; not documented at all (s360.md §8.17). */
  saveStructureMethod: memberName.default("saveStructureContactData"),
  /** The member of a save's body that holds the contact; null: its members are the body's own (s360.md §8.17). */
  saveWrapper: memberName.nullable().default(null),
  /**
   * What a save of a known contact sends: `contact`, the whole contact as it was read, since it is not documented whether
   * sections that are absent are kept (s360.md §8.17); `sections`, its number and the sections that changed, for a venue
   * where S-360 is known to keep what is absent: then an edit made there meanwhile in another section stays.
   */
  saves: z.enum(["contact", "sections"]).default("contact"),
  /**
   * What S-360 does with a list that is sent: `replace` puts it in place of the stored one, `merge` adds and updates and
   * keeps what is not sent (s360.md §8.17). Whole lists are sent back either way; with `merge` a list item cannot be
   * removed.
   */
  lists: z.enum(["replace", "merge"]).default("replace"),
  /** The name is documented (s360.md §4.5), its criteria and answer are not (§8.17). */
  searchMethod: memberName.default("searchContact"),
  /** What the search calls each thing a contact is looked for by (s360.md §4.5: not seen; §8.17). */
  searchCriteria: z
    .strictObject({
      email: memberName.default("email"),
      firstName: memberName.default("firstName"),
      lastName: memberName.default("lastName"),
      officialName: memberName.default("officialName"),
    })
    .prefault({}),
  /** Members of the search's answer that may hold the list; the first that is there counts (s360.md §8.17). */
  searchListMembers: z.array(memberName).min(1).default(["contactDataList", "contactDatas", "contacts"]),
  /**
   * The member of an answer that may hold the contact; without it the contact's members stand beside `statusCode`, as
   * s360.md §4.4 has it (§8.1).
   */
  contactWrapper: memberName.default("contactData"),
  /** `statusCode` of an answer that means done; every other one is a refusal (s360.md §4.4, §8.18). */
  successCode: code.default("success"),
  /** `statusCode` of an answer that means: not done yet (s360.md §4.4). */
  inProgressCode: code.default("in_progress"),
  /** `statusDetail` of a refusal that means: no such contact. No list of codes could be read (s360.md §8.18). */
  notFoundDetails: z
    .array(code)
    .default(["error.contact.notFound", "error.contact.not.found", "error.contact.unknown"]),
  /** The service of `getOrderDetails`, its version and the member that holds the order (s360.md §2.6, §5: read off its apidocs). */
  orderService: memberName.default("externalOrderService"),
  orderApiVersion: memberName.default("v1_33"),
  orderWrapper: memberName.default("orderDetailsData"),
  /** `statusDetail` of a refusal that means: no such order. No list of codes could be read (s360.md §8.18). */
  orderNotFoundDetails: z
    .array(code)
    .default(["error.order.notFound", "error.order.not.found", "error.order.unknown"]),
  /** Words in an answer of status 509 or 429 that tell the monthly quota from the rate (s360.md §4.3; text unknown). */
  quotaWords: z.array(code).default(["month"]),
  /**
   * Members that are Longs on the wire (s360.md §1.4; complete list unknown, §8.4). Beyond 2^53 they are text in our
   * hands and go out as numbers again.
   */
  longMembers: z
    .array(memberName)
    .default([
      "contactId",
      "orderId",
      "contactAddressId",
      "communicationMeanId",
      "accountId",
      "seasonId",
      "audienceCatId",
      "movementId",
      "advantageId",
    ]),
});

export type ContactAssumptions = z.infer<typeof contactAssumptionsSchema>;

export const defaultContactAssumptions: ContactAssumptions = contactAssumptionsSchema.parse({});

/** How a criterion is written, and what sets one that is true or false (s360.md §1.4, §8.6). */
export const criterionForm = {
  list: "contactCriteria",
  section: "CRITERIA",
  code: "code",
  value: "value",
  values: "values",
  set: "true",
} as const;
