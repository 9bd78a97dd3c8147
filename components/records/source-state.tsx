import type { RecordDetail } from "@/lib/records/contract";
import { Card } from "../ui/card";
import { CopyButton } from "../ui/copy-button";
import { EmptyState } from "../ui/empty-state";
import { JsonTree } from "./json-tree";

/** Everything S-360 has told of the record, events folded section by section. */
export function SourceState({ record: { sourceState } }: { record: RecordDetail }) {
  return (
    <Card
      title="What S-360 last told"
      actions={
        sourceState && (
          <CopyButton
            text={JSON.stringify(sourceState, null, 2)}
            label="Copy what S-360 last told, as JSON"
          />
        )
      }
    >
      {sourceState ? (
        <JsonTree value={sourceState} />
      ) : (
        <EmptyState title="S-360 has told nothing yet">
          It is known only because others refer to it.
        </EmptyState>
      )}
    </Card>
  );
}
