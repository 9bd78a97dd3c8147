/** How an object looks on the pages and in describe layouts; field names without namespace. */
export interface ObjectLayout {
  icon: string;
  color: string;
  /** Columns of its list. */
  columns: readonly string[];
  /** Fields in the band at the top of a record. */
  highlights: readonly string[];
  sections: readonly { title: string; fields: readonly string[] }[];
}

export const SYSTEM_SECTION = {
  title: "System Information",
  fields: ["CreatedById", "LastModifiedById", "OwnerId", "RecordTypeId", "SystemModstamp"],
};

const ADDRESS = "Address Information";
const DESCRIPTION = { title: "Description Information", fields: ["Description"] };

/** Layouts by object name without namespace. */
export const LAYOUTS: Readonly<Record<string, ObjectLayout>> = {
  Account: {
    icon: "A",
    color: "#5867e8",
    columns: ["Name", "SyncId__c", "PersonEmail", "Phone", "PersonMobilePhone", "LastModifiedDate"],
    highlights: ["RecordTypeId", "PersonEmail", "PersonMobilePhone", "Phone", "SyncId__c"],
    sections: [
      {
        title: "Account Information",
        fields: [
          "Name",
          "Salutation",
          "FirstName",
          "LastName",
          "PersonBirthdate",
          "PersonTitle",
          "Type",
          "Industry",
          "SyncId__c",
          "ParentId",
          "CurrencyIsoCode",
        ],
      },
      {
        title: "Contact Details",
        fields: [
          "Phone",
          "PersonEmail",
          "PersonMobilePhone",
          "PersonHomePhone",
          "PersonHasOptedOutOfEmail",
          "Website",
        ],
      },
      {
        title: ADDRESS,
        fields: ["BillingAddress", "ShippingAddress", "PersonMailingAddress", "PersonOtherAddress"],
      },
      DESCRIPTION,
      SYSTEM_SECTION,
    ],
  },
  Contact: {
    icon: "C",
    color: "#9602c7",
    columns: ["Name", "AccountId", "Title", "Email", "SyncId__c", "LastModifiedDate"],
    highlights: ["Title", "AccountId", "Email", "MobilePhone", "SyncId__c"],
    sections: [
      {
        title: "Contact Information",
        fields: [
          "Salutation",
          "FirstName",
          "LastName",
          "Title",
          "Department",
          "AccountId",
          "Birthdate",
          "SyncId__c",
          "CurrencyIsoCode",
        ],
      },
      {
        title: "Contact Details",
        fields: ["Email", "Phone", "MobilePhone", "HomePhone", "HasOptedOutOfEmail"],
      },
      { title: ADDRESS, fields: ["MailingAddress", "OtherAddress"] },
      DESCRIPTION,
      SYSTEM_SECTION,
    ],
  },
  Opportunity: {
    icon: "O",
    color: "#ff5d2d",
    columns: ["Name", "AccountId", "StageName", "Amount", "CloseDate", "LastModifiedDate"],
    highlights: ["AccountId", "StageName", "Amount", "CloseDate"],
    sections: [
      {
        title: "Opportunity Information",
        fields: [
          "Name",
          "AccountId",
          "StageName",
          "CloseDate",
          "Amount",
          "Probability",
          "Type",
          "LeadSource",
        ],
      },
      { title: "Additional Information", fields: ["NextStep", "CurrencyIsoCode"] },
      DESCRIPTION,
      SYSTEM_SECTION,
    ],
  },
  Product2: {
    icon: "P",
    color: "#b781d3",
    columns: ["Name", "ProductCode", "Family", "IsActive", "LastModifiedDate"],
    highlights: ["ProductCode", "Family", "IsActive"],
    sections: [
      {
        title: "Product Information",
        fields: ["Name", "ProductCode", "Family", "IsActive", "CurrencyIsoCode"],
      },
      DESCRIPTION,
      SYSTEM_SECTION,
    ],
  },
  SecutixSale__c: {
    icon: "S",
    color: "#ba01ff",
    columns: ["Name", "Account__c", "Contact__c", "Total_Amount__c", "OrderType__c", "CreationDate__c"],
    highlights: ["Account__c", "Contact__c", "Total_Amount__c", "CatalogCurrency__c", "OrderType__c"],
    sections: [
      {
        title: "Sale",
        fields: [
          "Name",
          "SyncId__c",
          "ContactSTXNumber__c",
          "Account__c",
          "Contact__c",
          "OrderType__c",
          "SecuTixFileId__c",
          "SecuTixOrderId__c",
        ],
      },
      {
        title: "Product",
        fields: [
          "Organization__c",
          "Space__c",
          "Item__c",
          "Advantage__c",
          "Tariff__c",
          "Contingent__c",
          "MatchRound__c",
          "MatchRoundCode__c",
          "Status__c",
        ],
      },
      {
        title: "Amounts and Dates",
        fields: [
          "Quantity__c",
          "Unit_price__c",
          "Total_Amount__c",
          "CatalogCurrency__c",
          "CurrencyIsoCode",
          "CreationDate__c",
          "ExpirationDate__c",
        ],
      },
      { title: "Text", fields: ["Remark__c", "Description__c"] },
      SYSTEM_SECTION,
    ],
  },
};

/** Setup objects, which have no tab. */
export const SETUP_LAYOUT: ObjectLayout = {
  icon: "•",
  color: "#706e6b",
  columns: ["Name", "DeveloperName", "SobjectType", "Username", "IsActive", "LastModifiedDate"],
  highlights: ["DeveloperName", "SobjectType", "Username", "Email"],
  sections: [],
};
