import {
  checkbox,
  compoundAddress,
  date,
  dateTime,
  decimal,
  picklist,
  READ_ONLY,
  reference,
  text,
  textArea,
} from "./field-builders";
import type { FieldModel } from "./types";

const GEOCODE_ACCURACIES = [
  "Address",
  "NearAddress",
  "Block",
  "Street",
  "ExtendedZip",
  "Zip",
  "Neighborhood",
  "City",
  "County",
  "State",
  "Unknown",
];

const SYSTEM = { ...READ_ONLY, nillable: false, defaultedOnCreate: true };

export function isDeleted(): FieldModel {
  return checkbox("IsDeleted", "Deleted", READ_ONLY);
}

export function masterRecord(objectName: string): FieldModel {
  return reference("MasterRecordId", "Master Record ID", objectName, "MasterRecord", READ_ONLY);
}

export function owner(): FieldModel {
  return reference("OwnerId", "Owner ID", "User", "Owner", { nillable: false, defaultedOnCreate: true });
}

/** CreatedDate … SystemModstamp, which every record carries. */
export function auditFields(): FieldModel[] {
  return [
    dateTime("CreatedDate", "Created Date", SYSTEM),
    reference("CreatedById", "Created By ID", "User", "CreatedBy", SYSTEM),
    dateTime("LastModifiedDate", "Last Modified Date", SYSTEM),
    reference("LastModifiedById", "Last Modified By ID", "User", "LastModifiedBy", SYSTEM),
    dateTime("SystemModstamp", "System Modstamp", SYSTEM),
  ];
}

export function activityFields(): FieldModel[] {
  return [
    date("LastActivityDate", "Last Activity", READ_ONLY),
    dateTime("LastViewedDate", "Last Viewed Date", READ_ONLY),
    dateTime("LastReferencedDate", "Last Referenced Date", READ_ONLY),
  ];
}

/**
 * The nine fields of an address, such as MailingStreet … MailingAddress.
 * @param prefix `Billing`, `PersonMailing` …
 * @param label  `Billing`, `Mailing` …
 * @param mirrorsPrefix for a person account: the address of the contact that holds the same values
 */
export function addressFields(prefix: string, label: string, mirrorsPrefix?: string): FieldModel[] {
  const part = (name: string) => ({
    compoundFieldName: `${prefix}Address`,
    mirrors: mirrorsPrefix === undefined ? null : `${mirrorsPrefix}${name}`,
  });
  return [
    textArea(`${prefix}Street`, `${label} Street`, 255, part("Street")),
    text(`${prefix}City`, `${label} City`, 40, part("City")),
    text(`${prefix}State`, `${label} State/Province`, 80, part("State")),
    text(`${prefix}PostalCode`, `${label} Zip/Postal Code`, 20, part("PostalCode")),
    text(`${prefix}Country`, `${label} Country`, 80, part("Country")),
    decimal(`${prefix}Latitude`, `${label} Latitude`, 3, 15, part("Latitude")),
    decimal(`${prefix}Longitude`, `${label} Longitude`, 3, 15, part("Longitude")),
    picklist(`${prefix}GeocodeAccuracy`, `${label} Geocode Accuracy`, 40, GEOCODE_ACCURACIES, {
      restrictedPicklist: true,
      ...part("GeocodeAccuracy"),
    }),
    compoundAddress(`${prefix}Address`, `${label} Address`),
  ];
}
