"use client";

import { PageError } from "@/components/shell/page-error";
import "@/components/shell/shell.css";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="shell-main">
      <PageError reset={reset} digest={error.digest} />
    </main>
  );
}
