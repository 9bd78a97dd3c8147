"use client";

import { useQuery } from "@tanstack/react-query";
import { Alert } from "../../ui/alert";
import { counted } from "../../ui/numbers";
import { Problem } from "../../ui/problem";
import { useFieldText } from "../field-labels";
import { leftQuery } from "../queries";

/** Before a version is restored: what later ones filled and it does not stays in Salesforce. Nobody has to wait for it. */
export function LeftFields({ mappingId, number }: { mappingId: number; number: number }) {
  const textOf = useFieldText();
  const left = useQuery(leftQuery(mappingId, number));
  if (left.error) {
    const title = "What would stay in Salesforce could not be read";
    return <Problem error={left.error} title={title} onRetry={() => void left.refetch()} />;
  }
  if (!left.data)
    return (
      <p className="mappings-quiet" role="status">
        Looking for fields that would stay as later versions filled them…
      </p>
    );
  const { fields, lookedAt } = left.data;
  if (fields.length === 0) return null;
  const isOne = fields.length === 1;
  const title =
    lookedAt === null
      ? `${counted(fields.length, "field")} ${isOne ? "stays" : "stay"} as later versions filled ${isOne ? "it" : "them"}`
      : `${counted(fields.length, "field")} of later versions ${isOne ? "stays" : "stay"} where ${isOne ? "it was" : "they were"} filled`;
  return (
    <Alert tone="warning" title={title}>
      <ul className="slds-list_dotted" aria-label="Fields that stay">
        {fields.map(({ target, records }) => (
          <li key={target}>{`${textOf(target)}: ${counted(records, "record")}`}</li>
        ))}
      </ul>
      {lookedAt !== null &&
        `Counted on ${counted(lookedAt, "record")}; there are more, which may hold values too. `}
      Version {number} says nothing of {isOne ? "it" : "them"}, and what Salesforce held there before was not
      asked, so it cannot be put back from here. To empty such a field, give it a line with the expression{" "}
      <code>null</code>, publish, re-process, and take the line out again: edits made in Salesforce since are
      emptied too.
    </Alert>
  );
}
