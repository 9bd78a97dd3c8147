/** What S-360 calls the types of orders (s360.md §2.4), as people read them. */
export const orderTypeLabels: Readonly<Record<string, string>> = {
  SALE: "Sale",
  REFUND_CLIENT: "Refund to client",
  REFUND_ORGANIZATION: "Refund by organization",
  EXCHANGE_CLIENT: "Exchange by client",
  EXCHANGE_ORGANIZATION: "Exchange by organization",
  RESERVATION: "Reservation",
  RENEWAL: "Renewal",
  OPTION: "Option",
  RESERVATION_FREEING: "Reservation released",
  OPTION_FREEING: "Option released",
  ST_TRANSFER: "Season ticket transfer",
};
