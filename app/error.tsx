"use client";

import { PageError } from "@/components/shell/page-error";
import "@/components/shell/shell.css";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <PageError reset={reset} digest={error.digest} />;
}
