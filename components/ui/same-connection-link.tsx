"use client";

import type { ReactNode } from "react";
import NextLink from "next/link";
import { useSearchParams } from "next/navigation";
import { withQuery, type Query } from "./api";

interface SameConnectionLinkProps {
  path: string;
  query?: Query;
  children: ReactNode;
  /** Opens beside this page, which may hold what is not saved. */
  beside?: boolean;
}

/** A link to another page of the connection that the address names. */
export function SameConnectionLink({ path, query, children, beside }: SameConnectionLinkProps) {
  const connection = useSearchParams().get("connection");
  const href = withQuery(path, { connection, ...query });
  if (!beside) return <NextLink href={href}>{children}</NextLink>;
  return (
    <NextLink href={href} target="_blank">
      {children}
      <span className="slds-assistive-text"> (opens in a new tab)</span>
    </NextLink>
  );
}
