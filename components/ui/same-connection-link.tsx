"use client";

import type { ReactNode } from "react";
import NextLink from "next/link";
import { useSearchParams } from "next/navigation";
import { withQuery } from "./api";

/** A link to another page of the connection that the address names. */
export function SameConnectionLink({ path, children }: { path: string; children: ReactNode }) {
  const connection = useSearchParams().get("connection");
  return <NextLink href={withQuery(path, { connection })}>{children}</NextLink>;
}
