import type { ReactNode } from "react";
import { SameConnectionLink } from "../ui/same-connection-link";
import { recordAddress } from "./address";

export function Link({ record, children }: { record: { readonly id: number }; children: ReactNode }) {
  return <SameConnectionLink path={recordAddress(record.id)}>{children}</SameConnectionLink>;
}
