import type { ReactNode } from "react";
import NextLink from "next/link";
import { recordAddress } from "./address";

export function Link({ record, children }: { record: { readonly id: number }; children: ReactNode }) {
  return <NextLink href={recordAddress(record.id)}>{children}</NextLink>;
}
