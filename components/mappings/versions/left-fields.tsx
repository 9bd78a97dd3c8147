"use client";

import { useQuery } from "@tanstack/react-query";
import { Alert } from "../../ui/alert";
import { counted } from "../../ui/numbers";
import { Problem } from "../../ui/problem";
import { useFieldText } from "../field-labels";
import { leftQuery } from "../queries";

/** Before a version is restored: what later ones filled and it does not stays in Salesforce. */
export function LeftFields({ mappingId, number }: { mappingId: number; number: number }) {
  const textOf = useFieldText();
  const left = useQuery(leftQuery(mappingId, number));
  if (left.error) {
    const title = "What would stay in Salesforce could not be read";
    return <Problem error={left.error} title={title} onRetry={() => void left.refetch()} />;
  }
  if (!left.data || left.data.length === 0) return null;
  return (
    <Alert
      tone="warning"
      title={`${counted(left.data.length, "field")} ${left.data.length === 1 ? "stays" : "stay"} as later versions filled ${left.data.length === 1 ? "it" : "them"}`}
    >
      <ul className="slds-list_dotted" aria-label="Fields that stay">
        {left.data.map(({ target, records }) => (
          <li key={target}>{`${textOf(target)}: ${counted(records, "record")}`}</li>
        ))}
      </ul>
      Version {number} says nothing of {left.data.length === 1 ? "it" : "them"}, and what Salesforce held
      there before was not asked, so it cannot be put back from here. To empty such a field, give it a line
      with the expression <code>null</code>, publish, re-process, and take the line out again: edits made in
      Salesforce since are emptied too.
    </Alert>
  );
}
