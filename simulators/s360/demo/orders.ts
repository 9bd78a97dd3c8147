import { objectsOf, type JsonObject } from "../venue/json";
import { s360Instant } from "./local-midnight";
import type { Numbers } from "./numbers";
import { programme, type Show } from "./programme";
import type { Random } from "./random";

type OrderType = "SALE" | "RESERVATION" | "OPTION" | "REFUND_CLIENT";

const dayMs = 24 * 60 * 60 * 1000;
const amountOfType = {
  SALE: "saleAmount",
  RESERVATION: "reservationAmount",
  OPTION: "optionAmount",
} as const;

/** A closed order of a contact with one to three operations. Amounts are thousandths; refunds are positive too. */
export function order(
  random: Random,
  numbers: Numbers,
  institution: string,
  contactReference: string,
  type: Exclude<OrderType, "REFUND_CLIENT">,
  at: Date,
): JsonObject {
  const fileId = numbers.file();
  const shows = random.shuffle(programme).slice(0, random.pick([1, 1, 1, 2, 2, 3]));
  const expires =
    type === "SALE" ? null : s360Instant(new Date(at.getTime() + random.integer(7, 60) * dayMs));
  const operations = shows.map((show, index) =>
    operation(random, numbers, show, { type, fileId, operationNumber: index + 1, expirationDate: expires }),
  );
  return assemble(random, numbers, institution, contactReference, type, at, operations);
}

/** A refund of a sale: a new order of the same file, with the sale's operations under new numbers. */
export function refund(
  random: Random,
  numbers: Numbers,
  institution: string,
  sale: JsonObject,
  at: Date,
): JsonObject {
  const type = "REFUND_CLIENT";
  const operations = objectsOf(sale.operationDatas).map((sold) => ({
    ...sold,
    operationId: numbers.operation(),
    type,
  }));
  return assemble(random, numbers, institution, sale.contactReference ?? null, type, at, operations);
}

function assemble(
  random: Random,
  numbers: Numbers,
  institution: string,
  contactReference: JsonObject[string],
  type: OrderType,
  at: Date,
  operations: JsonObject[],
): JsonObject {
  const orderId = numbers.order();
  const total = operations.reduce((sum, { totalAmount }) => sum + Number(totalAmount), 0);
  const channel = random.pick([
    { orderOriginator: "TICKETSHOP", salesChannelCode: "WEB", salesChannelName: "Web shop" },
    { orderOriginator: "DESK", salesChannelCode: "BOX", salesChannelName: "Box office" },
  ]);
  const amounts = {
    saleAmount: 0,
    preSaleAmount: 0,
    reservationAmount: 0,
    optionAmount: 0,
    waitingAccountBalanceAmount: 0,
  };
  if (type !== "REFUND_CLIENT") amounts[amountOfType[type]] = total;
  return {
    orderId,
    orderSecretId: `s${orderId}`,
    orderState: "CLOSED",
    orderType: type,
    creationDateTime: s360Instant(at),
    referenceDate: s360Instant(new Date(Math.floor(at.getTime() / dayMs) * dayMs - 60 * 60 * 1000)),
    expirationDate: null,
    organizationCode: institution.toUpperCase(),
    contactReference,
    ...channel,
    catalogCurrency: { currencyCode: "EUR", fractionDigit: 2, minAmount: 10, symbol: "€" },
    ...amounts,
    remark: random.chance(0.15) ? random.pick(remarks) : null,
    operationDatas: operations,
    movementDatas: operations.flatMap(movements),
  };
}

const remarks = [
  "Wheelchair place, please",
  "Billets à retirer à la caisse",
  "Zusammenhängende Plätze",
  "Invoice to the company",
];

function operation(
  random: Random,
  numbers: Numbers,
  show: Show,
  rest: { type: OrderType; fileId: number; operationNumber: number; expirationDate: string | null },
): JsonObject {
  const quantity = random.pick([1, 1, 2, 2, 2, 3, 4]);
  const basePrice = random.pick(show.prices);
  const discounted = random.chance(0.2);
  const unitPrice = discounted ? Math.round((basePrice * 0.8) / 500) * 500 : basePrice;
  const [tariffId, tariff] = random.pick(tariffs);
  const [contingentId, contingent] = random.pick(contingents);
  const index = programme.indexOf(show) + 1;
  const { when, match, kind } = show;
  return {
    operationId: numbers.operation(),
    operationNumber: rest.operationNumber,
    type: rest.type,
    kind,
    fileId: rest.fileId,
    quantity,
    basePrice,
    unitPrice,
    totalAmount: unitPrice * quantity,
    productId: 10_228_231_300_000 + index,
    product: show.product,
    productCode: show.productCode,
    productFamilyType: kind,
    itemId: 10_228_231_400_000 + index,
    performanceId: when === null ? null : 10_228_231_500_000 + index,
    performance: when === null ? null : show.product,
    eventId: when === null ? null : 10_228_231_600_000 + index,
    itemDisplayExternalDesignation: when === null ? show.product : `${show.product}, ${when}`,
    audienceSubCategoryId: tariffId,
    audienceSubCategory: tariff,
    contingentId,
    contingent,
    advantage: discounted ? random.pick(["Early bird", "Subscriber -20%"]) : null,
    space: show.space,
    expirationDate: rest.expirationDate,
    ...(match === undefined ? {} : { match }),
  };
}

const tariffs = [
  [3061, "Adult"],
  [3061, "Adult"],
  [3062, "Senior"],
  [3063, "Student"],
  [3064, "Child"],
] as const;
const contingents = [
  [12, "Public"],
  [12, "Public"],
  [13, "Members"],
  [14, "Partners"],
] as const;

function movements(operation: JsonObject): JsonObject[] {
  const { operationId, quantity, type, contingent } = operation;
  return Array.from({ length: Number(quantity) }, (_, index) => ({
    movementId: (Number(operationId) % 10_000_000) * 100 + index,
    operationId: operationId ?? null,
    type: type ?? null,
    contingent: contingent ?? null,
    transferable: true,
  }));
}
