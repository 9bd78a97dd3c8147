import { auditFields, isDeleted, viewedFields } from "./common-fields";
import { checkbox, longTextArea, picklist, READ_ONLY, recordId, text, url } from "./field-builders";
import { RECORD_OBJECT } from "./record-object";
import type { ObjectModel } from "./types";

/** Product2 (Object reference, "Product2"); without price books, which this org does not have. */
export const PRODUCT: ObjectModel = {
  name: "Product2",
  label: "Product",
  labelPlural: "Products",
  keyPrefix: "01t",
  ...RECORD_OBJECT,
  fields: [
    recordId("Product ID"),
    text("Name", "Product Name", 255, { nillable: false, nameField: true, idLookup: true }),
    text("ProductCode", "Product Code", 255),
    longTextArea("Description", "Product Description", 4000),
    checkbox("IsActive", "Active"),
    ...auditFields(),
    picklist("Family", "Product Family", 255, ["None"]),
    text("ExternalId", "External ID", 255),
    url("DisplayUrl", "Display URL", { length: 1000 }),
    picklist("QuantityUnitOfMeasure", "Quantity Unit Of Measure", 255, []),
    isDeleted(),
    checkbox("IsArchived", "Archived", READ_ONLY),
    ...viewedFields(),
    text("StockKeepingUnit", "Product SKU", 180),
  ],
};
