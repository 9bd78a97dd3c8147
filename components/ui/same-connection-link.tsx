"use client";

import type { ReactNode } from "react";
import NextLink from "next/link";
import { useSearchParams } from "next/navigation";
import { withQuery, type Query } from "./api";

interface SameConnectionLinkProps {
  path: string;
  query?: Query;
  children: ReactNode;
}

/** A link to another page of the connection that the address names. */
export function SameConnectionLink({ path, query, children }: SameConnectionLinkProps) {
  const connection = useSearchParams().get("connection");
  return <NextLink href={withQuery(path, { connection, ...query })}>{children}</NextLink>;
}
