"use client";

import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { mostTried, type MatchingOutcome, type MatchingTry } from "@/lib/comparison/matching-contract";
import type { MatchingSettings } from "@/lib/core/matching/settings";
import type { ContactKind } from "@/lib/core/words";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { classes } from "../ui/classes";
import { count } from "../ui/numbers";
import { Problem } from "../ui/problem";
import type { Filled } from "./matching-words";
import { tryMatching, type RulesToTry } from "./queries";
import { TriedDialog } from "./tried-dialog";
import {
  isOutdated,
  kindNouns,
  labelOf,
  outcomeWords,
  toldOutcomes,
  trySentence,
  usualOutcomes,
} from "./try-words";

interface TryRulesProps {
  institution: string;
  kind: ContactKind;
  /** As it stands on the page, saved or not. */
  matching: MatchingSettings;
  filled: Filled;
  /** A rule above keeps new contacts of the kind from Salesforce. */
  notCreated: boolean;
}

/** The rules in front of the person, tried on the latest contacts before they count for any. */
export function TryRules({ institution, kind, matching, filled, notCreated }: TryRulesProps) {
  const attempt = useMutation({ mutationFn: (rules: RulesToTry) => tryMatching(institution, rules) });
  const { many } = kindNouns[kind];
  const unmapped = filled?.length === 0;
  const { data, error, variables, isPending } = attempt;
  return (
    <div className="rules-try">
      <div className="rules-try__go">
        <Button
          variant="outline-brand"
          busy={isPending}
          disabled={unmapped}
          aria-label={`Try these rules for ${many}`}
          onClick={() => attempt.mutate({ kind, matching })}
        >
          Try these rules
        </Button>
        <span className="rules-quiet">
          {unmapped
            ? `No mapping of ${many} is published yet.`
            : `Asks Salesforce once about the latest ${count(mostTried)} ${many}: usually one API call. Nothing is written.`}
        </span>
      </div>
      {isPending && (
        <p role="status">Going through the latest {many}, then asking Salesforce. This takes some seconds.</p>
      )}
      {!isPending && error && (
        <Problem
          error={error}
          title="The rules were not tried"
          onRetry={() => attempt.mutate({ kind, matching })}
        />
      )}
      {!isPending && data && variables && (
        <>
          {isOutdated(variables, matching) && (
            <Alert tone="info" title="The rules have changed since. Try them again." live />
          )}
          {notCreated && (
            <Alert tone="warning" title={`A rule above keeps new ${many} from Salesforce`}>
              As long as it does, the matching rules are not asked. Here they were, all the same.
            </Alert>
          )}
          <Result tried={data} rules={variables} outdated={isOutdated(variables, matching)} />
        </>
      )}
    </div>
  );
}

interface ResultProps {
  tried: MatchingTry;
  rules: RulesToTry;
  outdated: boolean;
}

interface Opened {
  readonly mappingId: number;
  readonly outcome: MatchingOutcome;
}

function Result({ tried, rules, outdated }: ResultProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const { one, many } = kindNouns[rules.kind];
  const { several } = rules.matching[rules.kind];
  if (tried.records === 0 && tried.leftOut === 0)
    return <p role="status">No {one} has come from S-360 yet. Send some, then try the rules.</p>;
  const shown = tried.found.find(({ mappingId }) => mappingId === opened?.mappingId);
  return (
    <div className={classes(outdated && "rules-try_outdated")}>
      {(tried.records > 0 ? tried.found : []).map((found) => (
        <section key={found.mappingId} aria-label={`What the rules make of ${many}: ${found.name}`}>
          {tried.found.length > 1 && <h4 className="slds-text-title_caps">{found.name}</h4>}
          <p className="rules-try__sentence" role="status">
            {trySentence(rules, tried, found)}
          </p>
          <ul className="rules-try__counts" aria-label="Contacts">
            {toldOutcomes
              .filter((outcome) => usualOutcomes.includes(outcome) || found.counts[outcome] > 0)
              .map((outcome) => (
                <li key={outcome}>
                  <Count
                    value={found.counts[outcome]}
                    label={outcomeWords(outcome, several).title}
                    onOpen={() => setOpened({ mappingId: found.mappingId, outcome })}
                  />{" "}
                  {labelOf(outcome, found.counts[outcome], several)}
                </li>
              ))}
          </ul>
        </section>
      ))}
      {tried.linked > 0 && (
        <p className="rules-quiet">
          {tried.linked === tried.records
            ? `All of them are linked already`
            : `${count(tried.linked)} of them are linked already, as fewer than ${count(mostTried)} are not`}
          : their own Salesforce record was left out.
        </p>
      )}
      {tried.leftOut > 0 && (
        <p className="rules-quiet">
          There was no time for {count(tried.leftOut)} more: expressions of the mapping take long.
        </p>
      )}
      {opened && shown && (
        <TriedDialog
          title={outcomeWords(opened.outcome, several).title}
          object={shown.object}
          rows={shown.rows.filter(({ outcome }) => outcome === opened.outcome)}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
}

function Count({ value, label, onOpen }: { value: number; label: string; onOpen: () => void }) {
  if (value === 0) return <span className="rules-quiet">0</span>;
  return (
    <Button variant="base" onClick={onOpen} aria-label={`${label}: ${count(value)}`}>
      {count(value)}
    </Button>
  );
}
