/** What a new connection starts with for sales: one Salesforce record per operation, every line of S-360's own mapping. */
import { lineOf, type LineDraft } from "./defaults-contacts";
import type { MappingDocument } from "../document";

const currency = "order.catalogCurrency.currencyCode";

const lines: readonly LineDraft[] = [
  {
    target: "Name",
    expression:
      '$joinParts(" ", operation.product, operation.space, order.organizationCode, ' +
      `$moneyText(operation.totalAmount), ${currency})`,
    tooLong: "cut",
  },
  {
    target: "[p]SyncId__c",
    expression: "operation.operationId",
    required: "S-360 operation has no operation id",
  },
  { target: "[p]ContactSTXNumber__c", expression: "order.contactReference" },
  {
    target: "[p]Account__c",
    expression: "order.contactReference",
    reference: { object: "Account", family: "contact" },
  },
  {
    target: "[p]Contact__c",
    expression: "order.contactReference",
    reference: { object: "Contact", family: "contact" },
  },
  { target: "[p]Organization__c", expression: "order.organizationCode" },
  { target: "[p]Space__c", expression: "operation.space" },
  { target: "[p]Item__c", expression: "operation.itemDisplayExternalDesignation" },
  { target: "[p]Advantage__c", expression: "operation.advantage" },
  { target: "[p]Tariff__c", expression: "operation.audienceSubCategory" },
  { target: "[p]Contingent__c", expression: "operation.contingent" },
  { target: "[p]Total_Amount__c", expression: "$money(operation.totalAmount)" },
  { target: "[p]Unit_price__c", expression: "$money(operation.unitPrice)" },
  { target: "[p]CatalogCurrency__c", expression: currency },
  { target: "[p]Quantity__c", expression: "operation.quantity" },
  { target: "[p]ExpirationDate__c", expression: "operation.expirationDate" },
  { target: "[p]CreationDate__c", expression: "order.creationDateTime" },
  { target: "[p]SecuTixFileId__c", expression: "operation.fileId" },
  { target: "[p]SecuTixOrderId__c", expression: "order.orderId" },
  { target: "[p]MatchRound__c", expression: "operation.match.round" },
  { target: "[p]MatchRoundCode__c", expression: "operation.match.roundCode" },
  { target: "[p]OrderType__c", expression: "order.orderType" },
  { target: "[p]Remark__c", expression: "order.remark" },
  { target: "[p]Description__c", expression: "operation.itemDisplayExternalDesignation" },
];

export function operationToSale(saleObject: string): MappingDocument {
  return { kind: "operation", object: saleObject, keyField: "[p]SyncId__c", lines: lines.map(lineOf) };
}
