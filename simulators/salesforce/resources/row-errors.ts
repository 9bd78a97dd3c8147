import { duplicatesOf, type FoundDuplicates } from "../duplicates/duplicate-errors";
import { rowErrorsReply, type RowError } from "../http/errors";
import type { RestCall, RestReply } from "../http/messages";
import { versionPath } from "../http/messages";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { answeredValue, recordAttributes } from "../soql/read-record";

/** The errors of a request for one row; those of duplicate rules with what the rule found. */
export function failedRowReply(call: RestCall, errors: readonly RowError[]): RestReply {
  const found = errors.map((error) => ({ error, duplicates: duplicatesOf(error) }));
  if (!found.some(({ duplicates }) => duplicates)) return rowErrorsReply(errors);
  return {
    status: 400,
    body: found.map(({ error: { statusCode, message, fields }, duplicates }) =>
      duplicates
        ? { duplicateResut: duplicateResult(call, duplicates), errorCode: statusCode, message }
        : { message, errorCode: statusCode, fields },
    ),
  };
}

/** As recorded from real orgs, key by key; the key around it is misspelt there too. */
function duplicateResult(call: RestCall, { rule, allowSave, ids, withDetails }: FoundDuplicates): unknown {
  const object = call.schema.find(rule.object);
  const isExact = rule.match.every(({ method }) => method === "exact");
  return {
    allowSave,
    duplicateRule: rule.name,
    duplicateRuleEntityType: rule.object,
    errorMessage: rule.message,
    matchResults: [
      {
        entityType: rule.object,
        errors: [],
        matchEngine: isExact ? "ExactMatchEngine" : "FuzzyMatchEngine",
        matchRecords: ids.map((id) => ({
          additionalInformation: [],
          fieldDiffs: [],
          matchConfidence: 100,
          record: matchRecord(call, object, id, withDetails),
        })),
        rule: rule.matchingRule,
        size: ids.length,
        success: true,
      },
    ],
  };
}

function matchRecord(
  { org, request }: RestCall,
  object: SObject | undefined,
  id: string,
  withDetails: boolean,
): Record<string, unknown> {
  const row: Row = (object && org.store.table(object).get(id)) ?? { Id: id };
  if (!object) return { Id: id };
  const record: Record<string, unknown> = {
    attributes: recordAttributes(object, row, request.version),
    Id: id,
  };
  if (withDetails) for (const field of object.model.fields) record[field.name] = answeredValue(row, field);
  return record;
}

/** Where a record is found, `/services/data/v62.0/sobjects/Contact/003…`. */
export function recordUrl(call: RestCall, object: SObject, id: string): string {
  return `${versionPath(call.request.version)}/sobjects/${object.name}/${id}`;
}
