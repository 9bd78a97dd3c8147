"use client";

import { Alert } from "./alert";
import { ApiError } from "./api";
import { Button } from "./button";

interface ProblemProps {
  error: unknown;
  /** What was tried, such as "The records could not be read". */
  title?: string;
  onRetry?: () => void;
}

/** Shows what an API call failed with, in the server's own sentence. */
export function Problem({ error, title = "This did not work", onRetry }: ProblemProps) {
  return (
    <Alert tone="error" title={title} live actions={onRetry && <Button onClick={onRetry}>Try again</Button>}>
      {problemSentence(error)}
    </Alert>
  );
}

/** One sentence for the person, whatever was thrown. */
export function problemSentence(error: unknown): string {
  if (error instanceof ApiError) return error.detail;
  return "The page met an error of its own. Reload it; if that does not help, look into the connector's log.";
}
