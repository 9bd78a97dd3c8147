/** Codes that S-360's documentation lists (s360.md §1.4, §2.4), by the names that lead to them. A venue may have more. */
export const documentedCodes: Readonly<Record<string, readonly string[]>> = {
  type: ["INDIVIDUAL", "STRUCTURE"],
  role: ["PUBLIC", "RELAY", "MEMBER"],
  "individualContact/title": [...["MR", "MRS", "MISS", "MR_AND_MRS", "UNDEFINED", "LADIES", "GENTLEMEN"]],
  "authorizations/authorizationCode": ["EMAIL"],
  "addresses/normalizationState": [
    ...["NORMALIZED", "TO_BE_NORMALIZED", "NOT_TO_BE_NORMALIZED", "NOT_NORMALIZED"],
  ],
  "addresses/normalizationRating": ["UNKNOWN", "COUNTRY", "ZIPCODE", "TOWN", "WAY", "WAYNUMBER"],
  "contactQualities/audienceCategories/mainCategory": [
    ...["OCCASIONAL", "SUBSCRIBER", "MEMBER", "INVITED", "INSIDE_SEASONTICKET"],
  ],
  "advantages/advantageType": ["PUBLIC", "CODE", "CONTACT"],
  "advantages/availabilityLevel": ["GOOD", "LIMITED", "NONE"],
  "order/orderType": [
    ...["SALE", "REFUND_CLIENT", "REFUND_ORGANIZATION", "EXCHANGE_ORGANIZATION", "EXCHANGE_CLIENT"],
    ...["RESERVATION", "RENEWAL", "OPTION", "RESERVATION_FREEING", "OPTION_FREEING", "ST_TRANSFER"],
  ],
  "order/orderOriginator": [
    ...["SALE", "DESK", "DESK_WITHOUT_PLAN", "TICKETSHOP", "FLASH", "ADMINISTRATION", "SALE_COMPLEMENT"],
    ...["EXTERNAL_SALE", "EBO", "BORNES", "CREDIT_NOTE", "TOUCHSCREEN", "ST_RENEWAL", "ST_TRANSFER"],
    ...["RESALE_PLATFORM", "SEATING", "BATCH", "SEATING_M", "REQUEST_ARBITRATION", "CENTRAL_PLANNING"],
    ...["PARTIAL_REFUND", "OPTION_DISTRIBUTION"],
  ],
  "operation/productFamilyType": [
    ...["SINGLE_ENTRY", "SEASONTICKET", "PASS", "PACKAGE", "MEMBERSHIP", "SERVICE", "GOODS", "TRANSPORT"],
    "HOSPITALITY",
  ],
};
