/**
 * What S-360 sends, as far as it is documented (s360.md §1.4 contacts, §2 orders): for completion, for names that were
 * mistyped, and for what a list is. What is not listed may be there all the same: institutions have fields of their own.
 */
import { shortened } from "../shortened";
import type { Kind } from "../words";

export type SourceType = "text" | "number" | "money" | "boolean" | "date" | "dateTime" | "code";

export interface SourceMember {
  readonly name: string;
  /** Of a single value; null for a group or a list. */
  readonly type: SourceType | null;
  readonly list: boolean;
  readonly members: readonly SourceMember[];
}

const leaf =
  (type: SourceType) =>
  (names: string): SourceMember[] =>
    names.split(" ").map((name) => ({ name, type, list: false, members: [] }));
const text = leaf("text");
const number = leaf("number");
const money = leaf("money");
const boolean = leaf("boolean");
const date = leaf("date");
const dateTime = leaf("dateTime");
const code = leaf("code");

const group = (name: string, ...members: SourceMember[][]): SourceMember[] => [
  { name, type: null, list: false, members: members.flat() },
];
const list = (name: string, ...members: SourceMember[][]): SourceMember[] => [
  { name, type: null, list: true, members: members.flat() },
];
/** A list of plain values. */
const values = (name: string): SourceMember[] => [{ name, type: "text", list: true, members: [] }];

const contact: readonly SourceMember[] = [
  text("contactNumber"),
  number("contactId"),
  code("type role state"),
  dateTime("creationDate endValidityDate"),
  text("function"),
  group(
    "individualContact",
    code("title"),
    text("individualFirstName individualLastName"),
    date("birthday"),
    code("language"),
  ),
  group(
    "structureContact",
    text("officialName addressName1 addressName2"),
    code("structureType"),
    text("vatNumber"),
  ),
  list(
    "addresses",
    number("contactAddressId"),
    text("name"),
    boolean("main billingAddress shippingAddress"),
    text("street1 street2 street3 street4 zipCode town"),
    code("countryCode"),
    text("formattedAddress"),
    code("normalizationState normalizationRating"),
  ),
  list("authorizations", code("authorizationCode"), boolean("allowed")),
  list(
    "communicationMeans",
    number("communicationMeanId contactAddressId"),
    text("email cellularPhone phone cellularPhoneProvider"),
  ),
  list("contactCriteria", code("code"), text("value"), values("values")),
  list("indicators", code("code"), text("value")),
  list("contactConnections", text("contactNumber"), code("connectionType")),
  list(
    "contactQualities",
    number("seasonId"),
    list(
      "audienceCategories",
      number("audienceCatId"),
      code("mainCategory"),
      number("instanceNumber movementId"),
      money("price"),
    ),
  ),
  list(
    "advantages",
    number("advantageId"),
    code("advantageType"),
    boolean("availability"),
    code("availabilityLevel"),
  ),
  boolean("hasAdvantages hasWarning"),
].flat();

const operation = group(
  "operation",
  number("operationId operationNumber"),
  code("type kind"),
  number("fileId quantity"),
  money("basePrice unitPrice totalAmount"),
  number("productId"),
  text("product"),
  code("productCode productFamilyType"),
  number("itemId performanceId"),
  text("performance"),
  number("eventId"),
  text("itemDisplayExternalDesignation"),
  number("audienceSubCategoryId"),
  text("audienceSubCategory"),
  number("contingentId"),
  text("contingent advantage space"),
  dateTime("expirationDate"),
  group("match", text("round"), code("roundCode")),
);

const order = group(
  "order",
  number("orderId"),
  text("orderSecretId"),
  code("orderState orderType"),
  dateTime("creationDateTime referenceDate expirationDate"),
  code("organizationCode"),
  text("contactReference"),
  code("orderOriginator salesChannelCode"),
  text("salesChannelName"),
  group("catalogCurrency", code("currencyCode"), number("fractionDigit minAmount"), text("symbol")),
  money("saleAmount preSaleAmount reservationAmount optionAmount waitingAccountBalanceAmount"),
  text("remark"),
);

/** What an expression of a mapping of this kind starts from. */
export function sourceModel(kind: Kind): readonly SourceMember[] {
  return kind === "operation" ? saleModel : contact;
}

const saleModel: readonly SourceMember[] = [...operation, ...order];

/** The member of this name, whatever its case: the mapping language that S-360's admins know does not tell it apart (s360.md §6.2). */
export function memberOf(members: readonly SourceMember[], name: string): SourceMember | undefined {
  return (
    members.find((member) => member.name === name) ??
    members.find((member) => member.name.toLowerCase() === name.toLowerCase())
  );
}

/** What is below a single value: nothing. An empty list of members otherwise says that nobody knows. */
export const belowValue: readonly SourceMember[] = [];

export function membersBelow({ type, members }: SourceMember): readonly SourceMember[] {
  return members.length === 0 && type !== null ? belowValue : members;
}

/** That a name is not among `members`; told the same way wherever names are written. */
export function sentenceOfUnknown(
  name: string,
  members: readonly SourceMember[],
  suggestion: string | null,
): string {
  if (members === belowValue)
    return `What stands before ${shortened(name)} is a single value: there is nothing below it. Take ${shortened(name)} away.`;
  const more = suggestion === null ? `It knows ${someOf(members)}.` : `Did you mean ${suggestion}?`;
  return `S-360's documentation knows no ${shortened(name)} here. ${more}`;
}

const mostNamed = 8;

/** Groups and lists first: what somebody looks for is most likely inside one. */
function someOf(members: readonly SourceMember[]): string {
  const isSection = (member: SourceMember) => member.members.length > 0;
  const ordered = [...members.filter(isSection), ...members.filter((member) => !isSection(member))];
  const names = ordered.slice(0, mostNamed).map(({ name }) => shortened(name));
  const left = members.length - names.length;
  return left > 0 ? `${names.join(", ")} and ${left} more` : names.join(", ");
}

/** Names of lists, at any depth. */
export const knownLists: ReadonlySet<string> = new Set(listsIn([...contact, ...saleModel]));
/** Names of the groups of a contact. */
export const contactGroups: ReadonlySet<string> = new Set(
  contact.filter(({ list: isList, members }) => !isList && members.length > 0).map(({ name }) => name),
);

function listsIn(members: readonly SourceMember[]): string[] {
  return members.flatMap((member) => [
    ...(member.list && member.members.length > 0 ? [member.name] : []),
    ...listsIn(member.members),
  ]);
}

/** The type of the value at a path; null for a group, a list, or what the model does not know. */
export function typeAt(members: readonly SourceMember[], path: readonly string[]): SourceType | null {
  const [name, ...rest] = path;
  const member = name === undefined ? undefined : memberOf(members, name);
  if (!member) return null;
  return rest.length === 0 ? member.type : typeAt(member.members, rest);
}
