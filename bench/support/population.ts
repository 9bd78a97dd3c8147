/** An invented venue of any size: what S-360 sends, and beside it what Salesforce must hold afterwards. */

export interface Sizes {
  readonly people: number;
  readonly structures: number;
  readonly relays: number;
  readonly operations: number;
}

export interface ExpectedRow {
  readonly object: "Account" | "Contact" | "SecutixSale__c";
  readonly key: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  /** Lookup field → SyncId of the record it must point to. */
  readonly lookups: Readonly<Record<string, string>>;
}

export interface Population {
  readonly contacts: readonly object[];
  readonly orders: readonly object[];
  readonly expected: readonly ExpectedRow[];
}

const towns = ["Lausanne", "Köln", "Besançon", "Zürich", "Napoli", "Århus"];
const names = ["Lefèvre", "Müller", "Ødegård", "D'Angelo", "García", "Çelik", "Smith Jones"];

export function makePopulation(sizes: Sizes, seed: number): Population {
  const random = mulberry32(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const people = numbers("01", sizes.people).map((key, i) => person(key, pick(names), pick(towns), i));
  const structures = numbers("02", sizes.structures).map((key) => structure(key, pick(towns)));
  const relays = numbers("03", sizes.relays).map((key, i) =>
    relay(key, pick(names), pick(towns), i, pick(structures).row.key),
  );
  const buyers = [...people, ...relays];
  const sales = Array.from({ length: Math.ceil(sizes.operations / 2) }, (_, i) => sale(i, pick(buyers).row));
  const contacts = shuffle([...people, ...structures, ...relays], random);
  return {
    contacts: contacts.map((entry) => entry.body),
    orders: shuffle(sales, random).map((entry) => entry.body),
    expected: [...contacts.map((entry) => entry.row), ...sales.flatMap((entry) => entry.rows)],
  };
}

function numbers(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => prefix + String(i).padStart(6, "0"));
}

const contactState = (key: string, lastName: string, town: string, i: number) => ({
  contactNumber: key,
  contactId: 50_000_000 + Number(key),
  type: "INDIVIDUAL",
  state: "ACTIVE",
  individualContact: {
    title: i % 2 ? "MRS" : "MR",
    individualFirstName: `Given ${i}`,
    individualLastName: lastName,
  },
  addresses: [{ main: true, street1: `${i} rue du Lac`, town, zipCode: "1004", countryCode: "CH" }],
  communicationMeans: [{ communicationMeanId: i, email: `soak${key}@mail.example` }],
  authorizations: [{ authorizationCode: "EMAIL", allowed: i % 3 === 0 }],
});

function person(key: string, lastName: string, town: string, i: number) {
  const body = { ...contactState(key, lastName, town, i), role: "PUBLIC", contactConnections: [] };
  const fields = {
    FirstName: `Given ${i}`,
    LastName: lastName,
    Salutation: i % 2 ? "Mrs." : "Mr.",
    PersonEmail: `soak${key}@mail.example`,
    PersonMailingStreet: `${i} rue du Lac`,
    PersonMailingCity: town,
    PersonHasOptedOutOfEmail: i % 3 !== 0,
  };
  const row: ExpectedRow = { object: "Account", key, fields, lookups: {} };
  return { body, row };
}

function relay(key: string, lastName: string, town: string, i: number, of: string) {
  const body = {
    ...contactState(key, lastName, town, i),
    role: "RELAY",
    function: "Accounting",
    contactConnections: [{ contactNumber: of, connectionType: "MEMBER_OF" }],
  };
  const fields = { FirstName: `Given ${i}`, LastName: lastName, MailingCity: town, Title: "Accounting" };
  const row: ExpectedRow = { object: "Contact", key, fields, lookups: { AccountId: of } };
  return { body, row };
}

function structure(key: string, town: string) {
  const body = {
    contactNumber: key,
    contactId: 50_000_000 + Number(key),
    type: "STRUCTURE",
    role: "PUBLIC",
    state: "ACTIVE",
    structureContact: { officialName: `Company ${key}` },
    addresses: [{ main: true, street1: "1 Via Roma", town, zipCode: "1004", countryCode: "CH" }],
    communicationMeans: [],
  };
  const row: ExpectedRow = {
    object: "Account",
    key,
    fields: { Name: `Company ${key}`, BillingCity: town },
    lookups: {},
  };
  return { body, row };
}

/** An order of two operations. Order ids lie beyond 2^53: no digit may be lost, so they are sent as text. */
function sale(i: number, buyer: ExpectedRow) {
  const orderId = `9007199254740${String(i).padStart(6, "0")}`;
  const amounts = [20_000 + i * 500, 12_500];
  const operationDatas = amounts.map((totalAmount, nth) => ({
    operationId: `${orderId}${nth}`,
    product: "Jazz at midnight",
    space: "Studio",
    quantity: 1,
    unitPrice: totalAmount,
    totalAmount,
    fileId: 1_000 + i,
  }));
  const body = {
    orderDetailsData: {
      orderId,
      orderState: "CLOSED",
      orderType: "SALE",
      creationDateTime: "2025-10-12T17:09:27.503+00:00",
      organizationCode: "MYVENUE",
      contactReference: buyer.key,
      catalogCurrency: { currencyCode: "EUR" },
      operationDatas,
    },
  };
  const lookup = buyer.object === "Account" ? "Account__c" : "Contact__c";
  const rows = operationDatas.map((operation): ExpectedRow => ({
    object: "SecutixSale__c",
    key: operation.operationId,
    fields: {
      SecuTixOrderId__c: orderId,
      Total_Amount__c: operation.totalAmount / 1000,
      ContactSTXNumber__c: buyer.key,
    },
    lookups: { [lookup]: buyer.key },
  }));
  return { body, rows };
}

function shuffle<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** A small deterministic generator (mulberry32). */
function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
