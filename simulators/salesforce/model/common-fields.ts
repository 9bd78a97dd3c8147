import { addressCodes } from "./address-codes";
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
  type FieldExtra,
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

const ADDRESS_PARTS = [
  "City",
  "Country",
  "GeocodeAccuracy",
  "Latitude",
  "Longitude",
  "PostalCode",
  "State",
  "Street",
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
  return [...authorFields(), systemModstamp()];
}

export function authorFields(): FieldModel[] {
  return [
    dateTime("CreatedDate", "Created Date", SYSTEM),
    reference("CreatedById", "Created By ID", "User", "CreatedBy", SYSTEM),
    dateTime("LastModifiedDate", "Last Modified Date", SYSTEM),
    reference("LastModifiedById", "Last Modified By ID", "User", "LastModifiedBy", SYSTEM),
  ];
}

export function systemModstamp(): FieldModel {
  return dateTime("SystemModstamp", "System Modstamp", SYSTEM);
}

export function activityFields(): FieldModel[] {
  return [date("LastActivityDate", "Last Activity", READ_ONLY), ...viewedFields()];
}

export function viewedFields(): FieldModel[] {
  return [
    dateTime("LastViewedDate", "Last Viewed Date", READ_ONLY),
    dateTime("LastReferencedDate", "Last Referenced Date", READ_ONLY),
  ];
}

export interface AddressOptions {
  /** Whether state and country are codes from a list, beside the texts. */
  readonly hasCodes: boolean;
  /** For a person account: the address of the contact that holds the same values. */
  readonly mirrorsPrefix?: string;
  /** The org writes the address, not a caller. */
  readonly isReadOnly?: boolean;
}

/**
 * The fields of an address, such as MailingStreet … MailingAddress.
 * @param prefix `Billing`, `PersonMailing` …; empty on User and Organization
 * @param label  `Billing`, `Mailing` …
 */
export function addressFields(prefix: string, label: string, options: AddressOptions): FieldModel[] {
  const { hasCodes, mirrorsPrefix, isReadOnly } = options;
  const labelPrefix = label === "" ? "" : `${label} `;
  const part = (name: string): FieldExtra => ({
    compoundFieldName: `${prefix}Address`,
    mirrors: mirrorsPrefix === undefined ? null : `${mirrorsPrefix}${name}`,
    ...(isReadOnly ? READ_ONLY : {}),
  });
  const codes = hasCodes
    ? addressCodes(prefix, labelPrefix).map((code) => ({ ...code, ...part(code.name.slice(prefix.length)) }))
    : [];
  return [
    textArea(`${prefix}Street`, `${labelPrefix}Street`, 255, part("Street")),
    text(`${prefix}City`, `${labelPrefix}City`, 40, part("City")),
    text(`${prefix}State`, `${labelPrefix}State/Province`, 80, part("State")),
    text(`${prefix}PostalCode`, `${labelPrefix}Zip/Postal Code`, 20, part("PostalCode")),
    text(`${prefix}Country`, `${labelPrefix}Country`, 80, part("Country")),
    ...codes,
    decimal(`${prefix}Latitude`, `${labelPrefix}Latitude`, 3, 15, part("Latitude")),
    decimal(`${prefix}Longitude`, `${labelPrefix}Longitude`, 3, 15, part("Longitude")),
    picklist(`${prefix}GeocodeAccuracy`, `${labelPrefix}Geocode Accuracy`, 40, GEOCODE_ACCURACIES, {
      restrictedPicklist: true,
      ...part("GeocodeAccuracy"),
    }),
    compoundAddress(
      `${prefix}Address`,
      `${labelPrefix}Address`,
      hasCodes ? [...ADDRESS_PARTS, "CountryCode", "StateCode"].sort() : ADDRESS_PARTS,
    ),
  ];
}
