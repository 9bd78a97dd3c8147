import { auditFields, isDeleted, owner, viewedFields } from "./common-fields";
import {
  checkbox,
  currency,
  date,
  dateTime,
  decimal,
  integer,
  longTextArea,
  percent,
  picklist,
  READ_ONLY,
  recordId,
  reference,
  text,
} from "./field-builders";
import { FORECAST_CATEGORIES, OPPORTUNITY_STAGES } from "./opportunity-stages";
import { LEAD_SOURCES, OPPORTUNITY_TYPES } from "./picklists";
import { RECORD_OBJECT } from "./record-object";
import type { FieldModel, ObjectModel } from "./types";

const REQUIRED = { nillable: false };
const HIDDEN_FLAG = { ...READ_ONLY, filterable: false, sortable: false };

/** Opportunity, as recorded; without campaigns, price books and history, which this org does not have. */
export const OPPORTUNITY: ObjectModel = {
  name: "Opportunity",
  label: "Opportunity",
  labelPlural: "Opportunities",
  keyPrefix: "006",
  ...RECORD_OBJECT,
  fields: [
    recordId("Opportunity ID"),
    isDeleted(),
    reference("AccountId", "Account ID", "Account", "Account", {
      childRelationshipName: "Opportunities",
      cascadeDelete: true,
    }),
    checkbox("IsPrivate", "Private"),
    text("Name", "Name", 120, { ...REQUIRED, nameField: true, idLookup: true }),
    longTextArea("Description", "Description", 32000),
    picklist(
      "StageName",
      "Stage",
      255,
      OPPORTUNITY_STAGES.map((stage) => stage.name),
      REQUIRED,
    ),
    currency("Amount", "Amount", 16, 2),
    percent("Probability", "Probability (%)", 3, 0, { defaultedOnCreate: true }),
    currency("ExpectedRevenue", "Expected Amount", 16, 2, { ...READ_ONLY, permissionable: true }),
    decimal("TotalOpportunityQuantity", "Quantity", 16, 2),
    date("CloseDate", "Close Date", REQUIRED),
    picklist("Type", "Opportunity Type", 255, OPPORTUNITY_TYPES),
    text("NextStep", "Next Step", 255),
    picklist("LeadSource", "Lead Source", 255, LEAD_SOURCES),
    ...forecastFields(),
    checkbox("HasOpportunityLineItem", "Has Line Item", READ_ONLY),
    owner(),
    ...auditFields(),
    date("LastActivityDate", "Last Activity", READ_ONLY),
    dateTime("LastStageChangeDate", "Last Stage Change Date", READ_ONLY),
    integer("FiscalQuarter", "Fiscal Quarter", 8, { ...READ_ONLY, compoundFieldName: "Fiscal" }),
    integer("FiscalYear", "Fiscal Year", 8, { ...READ_ONLY, compoundFieldName: "Fiscal" }),
    text("Fiscal", "Fiscal Period", 6, READ_ONLY),
    reference("ContactId", "Contact ID", "Contact", null, {
      childRelationshipName: "Opportunities",
      updateable: false,
      permissionable: false,
      searchPrefilterable: false,
    }),
    ...viewedFields(),
    checkbox("HasOpenActivity", "Has Open Activity", HIDDEN_FLAG),
    checkbox("HasOverdueTask", "Has Overdue Task", HIDDEN_FLAG),
  ],
};

function forecastFields(): FieldModel[] {
  const named = FORECAST_CATEGORIES.map((category) => category.label).filter(
    (name) => name !== "Most Likely",
  );
  return [
    checkbox("IsClosed", "Closed", READ_ONLY),
    checkbox("IsWon", "Won", READ_ONLY),
    picklist("ForecastCategory", "Forecast Category", 40, FORECAST_CATEGORIES, {
      ...REQUIRED,
      ...READ_ONLY,
      restrictedPicklist: true,
    }),
    picklist("ForecastCategoryName", "Forecast Category", 255, named, {
      restrictedPicklist: true,
      defaultedOnCreate: true,
      permissionable: false,
    }),
  ];
}
