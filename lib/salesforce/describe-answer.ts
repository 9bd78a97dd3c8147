/** The org's describe in our words. */
import { FaultError } from "@/lib/core/faults";
import type { FieldDescribe, FieldType, ObjectDescribe } from "@/lib/core/side";
import type { Subanswer } from "./client";
import { answerFault } from "./faults";
import { describeAnswerSchema, orgErrors, type DescribeAnswer } from "./wire";

/** Salesforce's field types; what is not listed (address, location, base64, time, …) is `other`. */
const types: Readonly<Record<string, FieldType>> = {
  string: "text",
  encryptedstring: "text",
  combobox: "text",
  textarea: "textarea",
  email: "email",
  phone: "phone",
  url: "url",
  boolean: "boolean",
  int: "integer",
  long: "integer",
  double: "number",
  currency: "number",
  percent: "number",
  date: "date",
  datetime: "datetime",
  picklist: "picklist",
  multipicklist: "multipicklist",
  reference: "reference",
  id: "id",
};

/** Null where the org has no such object or does not show it to the connector's user. Throws FaultError otherwise. */
export function readDescribe(answer: Subanswer | undefined): ObjectDescribe | null {
  const parsed = describeAnswerSchema.safeParse(answer?.body);
  if (answer?.status === 200 && parsed.success) {
    const { name, label, fields } = parsed.data;
    return { name, label, fields: fields.map(toFieldDescribe) };
  }
  const absent = orgErrors(answer?.body).some(({ code }) => code === "NOT_FOUND" || code === "INVALID_TYPE");
  if (absent) return null;
  throw new FaultError(answerFault(answer));
}

function toFieldDescribe(field: DescribeAnswer["fields"][number]): FieldDescribe {
  const { picklistValues, type, filterable, ...same } = field;
  return {
    ...same,
    ...(filterable === false && { filterable }),
    type: types[type] ?? "other",
    picklistValues: picklistValues.filter((entry) => entry.active).map((entry) => entry.value),
  };
}
