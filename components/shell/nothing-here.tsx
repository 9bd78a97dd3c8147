import { LinkButton } from "../ui/button";
import { PageHeader } from "../ui/page-header";

/** Stands for a page that does not exist. */
export function NothingHere() {
  return (
    <PageHeader
      title="There is nothing at this address"
      details="It may be mistyped, or what it named is gone."
      actions={<LinkButton href="/">Go to Health</LinkButton>}
    />
  );
}
