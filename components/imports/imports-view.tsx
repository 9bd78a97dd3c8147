"use client";

import { useQuery } from "@tanstack/react-query";
import { importStreams } from "@/lib/core/imports/words";
import { Problem } from "../ui/problem";
import { Skeleton } from "../ui/skeleton";
import { EarlierImports } from "./earlier-imports";
import { HowItWorks } from "./how-it-works";
import { ImportCard } from "./import-card";
import { importsQuery } from "./queries";
import { StartCard } from "./start-card";
import "./imports.css";

interface ImportsViewProps {
  institution: string;
  /** How often S-360 sends, in minutes. */
  scheduleMinutes: number;
}

/** The initial imports of a connection: those that go on, the next one, and those there were. */
export function ImportsView({ institution, scheduleMinutes }: ImportsViewProps) {
  const { data, error, refetch } = useQuery(importsQuery(institution));
  if (!data) {
    return error ? (
      <Problem error={error} title="The imports could not be read" onRetry={refetch} />
    ) : (
      <Skeleton />
    );
  }
  const taken = data.current.filter(({ closedAt }) => closedAt === null).map(({ stream }) => stream);
  const free = importStreams.filter((stream) => !taken.includes(stream));
  return (
    <div className="imports-columns">
      <div className="imports-main">
        {data.current.map((run) => (
          <ImportCard key={run.id} institution={institution} run={run} />
        ))}
        {free.length > 0 && (
          <StartCard
            key={free.join()}
            institution={institution}
            free={free}
            isFirst={data.current.length === 0}
          />
        )}
        {data.earlier.length > 0 && <EarlierImports runs={data.earlier} />}
      </div>
      <HowItWorks scheduleMinutes={scheduleMinutes} />
    </div>
  );
}
