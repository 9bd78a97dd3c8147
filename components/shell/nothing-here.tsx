import { LinkButton } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";

/** Stands for a page that does not exist. */
export function NothingHere() {
  return (
    <Card title="Not found">
      <EmptyState
        title="There is nothing at this address"
        actions={<LinkButton href="/">Go to Health</LinkButton>}
      >
        It may be mistyped, or what it named is gone.
      </EmptyState>
    </Card>
  );
}
