import type { SObject } from "../model/schema";
import type { Org } from "../org/org";

/** The record type that stands for having none. */
export const MASTER_RECORD_TYPE_ID = "012000000000000AAA";

export interface RecordType {
  id: string;
  developerName: string;
  name: string;
  isPersonType: boolean;
  isDefault: boolean;
  isMaster: boolean;
}

/** The record types of an object, Master last, as describe lists them. */
export function recordTypesOf(org: Org, object: SObject): RecordType[] {
  const own = object.model.recordTypes.map((type) => ({
    ...type,
    id: org.recordTypeId(object.name, type.developerName) ?? "",
    isMaster: false,
  }));
  return [
    ...own,
    {
      id: MASTER_RECORD_TYPE_ID,
      developerName: "Master",
      name: "Master",
      isPersonType: false,
      isDefault: own.length === 0,
      isMaster: true,
    },
  ];
}
