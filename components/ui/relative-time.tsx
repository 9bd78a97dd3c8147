"use client";

import { fullTime, relativeTime, shortUtc, time } from "./time-text";
import { useNow } from "./now";

interface TimeProps {
  /** ISO text. */
  at: string | null | undefined;
  /** Shown when there is no time. */
  fallback?: string;
}

interface RelativeTimeProps extends TimeProps {
  /** It is to come, or may be. */
  ahead?: boolean;
}

/** "2 minutes ago", moving on by itself; the full time, here and in UTC, in its title. */
export function RelativeTime({ at, fallback = "Never", ahead }: RelativeTimeProps) {
  const now = useNow();
  if (!at) return fallback;
  return (
    <TimeElement
      at={at}
      text={now ? relativeTime(at, now, ahead) : shortUtc(at)}
      title={now ? fullTime(at) : undefined}
    />
  );
}

/** A date and a time in the reader's time zone; UTC in its title. */
export function LocalTime({ at, fallback = "Never" }: TimeProps) {
  const now = useNow();
  if (!at) return fallback;
  return <TimeElement at={at} text={now ? time(at) : shortUtc(at)} title={now ? fullTime(at) : undefined} />;
}

function TimeElement({ at, text, title }: { at: string; text: string; title: string | undefined }) {
  return (
    <time dateTime={at} title={title}>
      {text}
    </time>
  );
}
