import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/button";

export default function NotFound() {
  return (
    <main>
      <EmptyState
        title="There is nothing at this address"
        actions={<LinkButton href="/">Go to Health</LinkButton>}
      >
        The address may be mistyped, or what it named is gone.
      </EmptyState>
    </main>
  );
}
