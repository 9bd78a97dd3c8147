"use client";

import { useEffect } from "react";
import { useRouter } from "next/navigation";
import { useQuery } from "@tanstack/react-query";
import { NoConnection } from "../shell/no-connection";
import { PageHeader } from "../ui/page-header";
import { refusedCallsQuery } from "./queries";
import { RefusedCalls } from "./refused-calls";
import "./health.css";

const lookEveryMs = 5_000;

/** Health before there is a connection; looks for one by itself. */
export function NoConnectionHealth() {
  const router = useRouter();
  const { data: calls } = useQuery(refusedCallsQuery());
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), lookEveryMs);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <>
      <PageHeader icon="health" title="Health" />
      <NoConnection />
      {calls && calls.length > 0 && <RefusedCalls calls={calls} institution="" />}
    </>
  );
}
