"use client";

import { PageError } from "@/components/shell/page-error";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function AdminErrorPage({ error, reset }: ErrorPageProps) {
  return <PageError reset={reset} digest={error.digest} />;
}
