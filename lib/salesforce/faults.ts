/** The org's refusals of rows and subrequests as faults. */
import { faultRow, type Fault } from "@/lib/core/faults";
import type { Subanswer } from "./client";
import type { RowContext } from "./fault-meaning";
import { meaningOf } from "./fault-rules";
import type { Reference } from "./references";
import { orgErrors, type OrgError } from "./wire";

export interface RowFault {
  readonly fault: Fault;
  /** The lookup field whose external id the org did not find. */
  readonly missingReference?: Reference;
}

/** The fault for the first of a row's errors; the org seldom gives more than one. */
export function rowFault(error: OrgError, context: RowContext = {}): RowFault {
  const { code, sentence, field, missingReference } = meaningOf(error, context);
  const about = field ?? error.fields[0];
  return {
    fault: { code, sentence, ...(about && { field: about }), origin: originOf(error) },
    ...(missingReference && { missingReference }),
  };
}

/** The fault for a subrequest that failed as a whole. */
export function answerFault(answer: Subanswer | undefined): Fault {
  const [error] = orgErrors(answer?.body);
  if (error) return rowFault(error).fault;
  return {
    code: "internal",
    sentence: "Salesforce answered in a way the connector does not understand. Report this.",
    origin: { code: `HTTP_${answer?.status ?? "none"}`, message: "" },
  };
}

export function isWide(fault: Fault): boolean {
  return faultRow(fault.code).wide === true;
}

/** The org's automation ran out of what Salesforce allows one transaction: fewer rows at a time may pass. */
export function isGovernorLimit(error: OrgError): boolean {
  return /System\.LimitException|Apex CPU time limit|Apex heap size|Too many (SOQL|DML|query)/i.test(
    error.message,
  );
}

function originOf(error: OrgError): { code: string; message: string } {
  return { code: error.code, message: error.message };
}
