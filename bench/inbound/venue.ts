/**
 * What an invented venue sends, by number, and what a script that somebody maps by hand would write of it to Salesforce:
 * the same fields that the connector's default mappings write. `round` changes the address, or the amount of a sale.
 */
import type { Row } from "./scripts";

const towns = ["Lausanne", "Köln", "Besançon", "Zürich", "Napoli", "Århus"];
const names = ["Lefèvre", "Müller", "Ødegård", "D'Angelo", "García", "Çelik", "Smith Jones"];
const of = (list: readonly string[], n: number): string => list[n % list.length] ?? "";

export const range = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

export const contactKey = (n: number): string => `01${String(n).padStart(8, "0")}`;
const orderId = (n: number): string => `90071992${String(n).padStart(10, "0")}`;
const operationId = (n: number): string => `${orderId(n)}1`;

export function contact(n: number, round = 0): object {
  const key = contactKey(n);
  return {
    contactNumber: key,
    contactId: 50_000_000 + n,
    type: "INDIVIDUAL",
    role: "PUBLIC",
    state: "ACTIVE",
    individualContact: {
      title: n % 2 ? "MRS" : "MR",
      individualFirstName: `Given ${n}`,
      individualLastName: of(names, n),
    },
    addresses: [
      {
        main: true,
        street1: `${n} rue du Lac`,
        street2: `Floor ${round}`,
        town: of(towns, n + round),
        zipCode: String(1_000 + ((n + round) % 9_000)),
        countryCode: "CH",
      },
    ],
    communicationMeans: [{ communicationMeanId: n, email: `bench${key}@mail.example` }],
    authorizations: [{ authorizationCode: "EMAIL", allowed: n % 3 === 0 }],
    contactConnections: [],
  };
}

/** As the org holds the contact as a person account. */
export function contactRow(n: number, round: number, personRecordType: string): Row {
  const key = contactKey(n);
  return {
    SyncId__c: key,
    RecordTypeId: personRecordType,
    Salutation: n % 2 ? "Mrs." : "Mr.",
    FirstName: `Given ${n}`,
    LastName: of(names, n),
    PersonEmail: `bench${key}@mail.example`,
    PersonMailingStreet: `${n} rue du Lac\nFloor ${round}`,
    PersonMailingCity: of(towns, n + round),
    PersonMailingPostalCode: String(1_000 + ((n + round) % 9_000)),
    PersonMailingCountry: "Switzerland",
    PersonHasOptedOutOfEmail: n % 3 !== 0,
  };
}

/** An order of one operation, bought by the contact of the same number. */
export function order(n: number, round = 0, buyer = n): object {
  return {
    orderDetailsData: {
      orderId: orderId(n),
      orderState: "CLOSED",
      orderType: "SALE",
      creationDateTime: "2025-10-12T17:09:27.503+00:00",
      organizationCode: "MYVENUE",
      contactReference: contactKey(buyer),
      catalogCurrency: { currencyCode: "CHF" },
      operationDatas: [
        {
          operationId: operationId(n),
          product: "Jazz at midnight",
          space: "Studio",
          quantity: 1,
          unitPrice: 20_000 + round * 500,
          totalAmount: 20_000 + round * 500,
          fileId: 1_000 + n,
        },
      ],
    },
  };
}

export function saleRow(n: number, round = 0, buyer = n): Row {
  const amount = 20 + round * 0.5;
  return {
    SyncId__c: operationId(n),
    Name: `Jazz at midnight Studio MYVENUE ${amount.toFixed(2)} CHF`,
    ContactSTXNumber__c: contactKey(buyer),
    Account__r: { SyncId__c: contactKey(buyer) },
    Organization__c: "MYVENUE",
    Space__c: "Studio",
    Total_Amount__c: amount,
    Unit_price__c: amount,
    CatalogCurrency__c: "CHF",
    Quantity__c: 1,
    CreationDate__c: "2025-10-12T17:09:27.000+0000",
    SecuTixFileId__c: String(1_000 + n),
    SecuTixOrderId__c: orderId(n),
    OrderType__c: "SALE",
  };
}
