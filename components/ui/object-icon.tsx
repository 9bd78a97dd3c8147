import account from "@salesforce-ux/design-system/assets/icons/standard/account.svg";
import connected from "@salesforce-ux/design-system/assets/icons/standard/connected_apps.svg";
import contact from "@salesforce-ux/design-system/assets/icons/standard/contact.svg";
import dataMapping from "@salesforce-ux/design-system/assets/icons/standard/data_mapping.svg";
import importing from "@salesforce-ux/design-system/assets/icons/standard/data_streams.svg";
import health from "@salesforce-ux/design-system/assets/icons/standard/metrics.svg";
import incident from "@salesforce-ux/design-system/assets/icons/standard/incident.svg";
import apiCalls from "@salesforce-ux/design-system/assets/icons/standard/capacity_plan.svg";
import orders from "@salesforce-ux/design-system/assets/icons/standard/orders.svg";
import record from "@salesforce-ux/design-system/assets/icons/standard/record.svg";
import sale from "@salesforce-ux/design-system/assets/icons/standard/product_item.svg";
import valueMap from "@salesforce-ux/design-system/assets/icons/standard/picklist_type.svg";
import { classes } from "./classes";
import { addressOf, type Picture } from "./picture";
import "./object-icon.css";

const pictures = {
  account: [account, "slds-icon-standard-account"],
  "api-calls": [apiCalls, "slds-icon-standard-capacity-plan"],
  connection: [connected, "slds-icon-standard-connected-apps"],
  contact: [contact, "slds-icon-standard-contact"],
  health: [health, "slds-icon-standard-metrics"],
  import: [importing, "slds-icon-standard-data-streams"],
  incident: [incident, "slds-icon-standard-incident"],
  mapping: [dataMapping, "slds-icon-standard-data-mapping"],
  order: [orders, "slds-icon-standard-orders"],
  record: [record, "slds-icon-standard-record"],
  sale: [sale, "slds-icon-standard-product-item"],
  "value-map": [valueMap, "slds-icon-standard-picklist-type"],
} satisfies Record<string, readonly [Picture, string]>;

export type ObjectIconName = keyof typeof pictures;

/** The coloured square that stands for a kind of thing, before titles. Decoration: the title says what it is. */
export function ObjectIcon({ name, size = "medium" }: { name: ObjectIconName; size?: "small" | "medium" }) {
  const [picture, colour]: readonly [Picture, string] = pictures[name];
  return (
    <span className={classes("slds-icon_container", "ui-object-icon", colour)} aria-hidden>
      <img
        src={addressOf(picture)}
        alt=""
        className={classes("slds-icon", size === "small" && "slds-icon_small")}
      />
    </span>
  );
}
