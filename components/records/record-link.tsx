import type { ReactNode } from "react";
import { SameConnectionLink } from "../ui/same-connection-link";
import { recordAddress } from "./address";

interface LinkProps {
  record: { readonly id: number };
  children: ReactNode;
  /** In a tab of its own. */
  beside?: boolean;
}

export function Link({ record, children, beside }: LinkProps) {
  return (
    <SameConnectionLink path={recordAddress(record.id)} beside={beside}>
      {children}
    </SameConnectionLink>
  );
}
