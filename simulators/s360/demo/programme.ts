export type Show = {
  product: string;
  productCode: string;
  space: string;
  /** Local date and time as S-360 prints it; null where the product has none. */
  when: string | null;
  prices: readonly number[];
  kind: string;
  match?: { round: string; roundCode: string };
};

/** What the demo venue sells. Prices in thousandths of the currency unit. */
export const programme: readonly Show[] = [
  {
    product: "Der Freischütz",
    productCode: "FREI",
    space: "Main hall",
    when: "12.12.2026 19:30",
    prices: [45000, 85000, 120500],
    kind: "SINGLE_ENTRY",
  },
  {
    product: "Così fan tutte",
    productCode: "COSI",
    space: "Main hall",
    when: "22.01.2027 19:30",
    prices: [45000, 85000, 120500],
    kind: "SINGLE_ENTRY",
  },
  {
    product: "Jazz at midnight",
    productCode: "JAZZM",
    space: "Studio",
    when: "14.02.2027 23:30",
    prices: [28000, 36500],
    kind: "SINGLE_ENTRY",
  },
  {
    product: "Le Petit Prince en famille",
    productCode: "PPRINCE",
    space: "Studio",
    when: "06.03.2027 15:00",
    prices: [12000, 24000],
    kind: "SINGLE_ENTRY",
  },
  {
    product: "Giselle",
    productCode: "GISEL",
    space: "Main hall",
    when: "19.03.2027 20:00",
    prices: [39000, 72000, 98000],
    kind: "SINGLE_ENTRY",
  },
  {
    product: "Spring concert",
    productCode: "SPRING",
    space: "Chapel",
    when: "02.04.2027 18:00",
    prices: [20000, 35000],
    kind: "SINGLE_ENTRY",
  },
  {
    product: "FC Rive vs Étoile",
    productCode: "FCRE",
    space: "Stadium",
    when: "27.02.2027 20:30",
    prices: [25000, 48000, 60500],
    kind: "SINGLE_ENTRY",
    match: { round: "Quarter final", roundCode: "QF" },
  },
  {
    product: "FC Rive vs Union Nord",
    productCode: "FCUN",
    space: "Stadium",
    when: "10.04.2027 20:30",
    prices: [25000, 48000, 75000],
    kind: "SINGLE_ENTRY",
    match: { round: "Semi final", roundCode: "SF" },
  },
  {
    product: "FC Rive vs Lac-Sport",
    productCode: "FCLS",
    space: "Stadium",
    when: "05.12.2026 18:00",
    prices: [25000, 48000],
    kind: "SINGLE_ENTRY",
    match: { round: "Round 17", roundCode: "R17" },
  },
  {
    product: "Season ticket 2026/27",
    productCode: "ST2627",
    space: "Stadium",
    when: null,
    prices: [390000, 620000],
    kind: "SEASONTICKET",
  },
  {
    product: "Friends of the opera",
    productCode: "FRIENDS",
    space: "Main hall",
    when: null,
    prices: [80000, 150000],
    kind: "MEMBERSHIP",
  },
  { product: "Parking", productCode: "PARK", space: "Car park", when: null, prices: [6000], kind: "SERVICE" },
];
