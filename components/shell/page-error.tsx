"use client";

import { startTransition, useEffect, useState } from "react";
import { useRouter } from "next/navigation";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { asksHealth, type Health } from "./health-check";

const askEveryMs = 3_000;

interface PageErrorProps {
  /** Renders the failed part again. */
  reset: () => void;
  /** Next.js's name for the error, also in the log. */
  digest?: string;
}

/** Stands for a page that could not be shown. When the database was the reason, the page comes back by itself. */
export function PageError({ reset, digest }: PageErrorProps) {
  const router = useRouter();
  const [health, setHealth] = useState<Health | null>(null);
  useEffect(() => {
    let last: Health | null = null;
    const ask = async () => {
      const next = await asksHealth();
      setHealth(next);
      if (last !== null && last.ready === false && next.ready) {
        startTransition(() => {
          router.refresh();
          reset();
        });
      }
      last = next;
    };
    void ask();
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => clearInterval(timer);
  }, [router, reset]);
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <>
      {health?.ready === false ? (
        <Alert tone="error" title="The connector cannot work at the moment" live>
          {health.reason} S-360&apos;s calls are refused meanwhile, and S-360 sends them again. This page
          comes back by itself.
        </Alert>
      ) : (
        <Alert
          tone="error"
          title="This page could not be shown"
          live
          actions={<Button onClick={again}>Try again</Button>}
        >
          The connector met an error of its own. Its log has the details{digest && ` under ${digest}`}.
        </Alert>
      )}
    </>
  );
}
