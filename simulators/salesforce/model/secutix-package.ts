import { activityFields, auditFields, isDeleted, owner } from "./common-fields";
import { dateTime, decimal, longTextArea, recordId, reference, text } from "./field-builders";
import { RECORD_OBJECT } from "./record-object";
import type { FieldModel, ObjectModel } from "./types";

/** The key shared with S-360 on Account and Contact. */
export function syncIdField(): FieldModel {
  return text("SyncId__c", "SyncId", 40, { externalId: true, unique: true, idLookup: true });
}

/** SecutixSale, one record per operation, in bare names; a managed package puts its prefix before them. */
export function secutixSaleObject(): ObjectModel {
  return {
    name: "SecutixSale__c",
    label: "SecutixSale",
    labelPlural: "SecutixSales",
    keyPrefix: "a00",
    ...RECORD_OBJECT,
    custom: true,
    fields: [
      recordId("Record ID"),
      owner(),
      isDeleted(),
      text("Name", "SecutixSale Name", 80, { nameField: true, idLookup: true, defaultedOnCreate: true }),
      ...auditFields(),
      ...activityFields(),
      syncIdField(),
      text("ContactSTXNumber__c", "ContactSTXNumber", 40),
      reference("Account__c", "Account", "Account", "Account__r", {
        childRelationshipName: "SecutixSales__r",
      }),
      reference("Contact__c", "Contact", "Contact", "Contact__r", {
        childRelationshipName: "SecutixSales__r",
      }),
      text("Organization__c", "Organization", 40),
      text("Space__c", "Space", 255),
      text("Item__c", "Item", 255),
      text("Advantage__c", "Advantage", 255),
      text("Tariff__c", "Tariff", 255),
      text("Contingent__c", "Contingent", 255),
      decimal("Total_Amount__c", "Total Amount", 16, 2),
      decimal("Unit_price__c", "Unit price", 16, 2),
      text("CatalogCurrency__c", "CatalogCurrency", 3),
      decimal("Quantity__c", "Quantity", 10, 0),
      dateTime("ExpirationDate__c", "ExpirationDate"),
      dateTime("CreationDate__c", "CreationDate"),
      text("SecuTixFileId__c", "SecuTixFileId", 40),
      text("SecuTixOrderId__c", "SecuTixOrderId", 40),
      text("MatchRound__c", "MatchRound", 80),
      text("MatchRoundCode__c", "MatchRoundCode", 80),
      text("OrderType__c", "OrderType", 40),
      text("Status__c", "Status", 40),
      longTextArea("Remark__c", "Remark", 32768),
      longTextArea("Description__c", "Description", 32768),
    ],
  };
}
