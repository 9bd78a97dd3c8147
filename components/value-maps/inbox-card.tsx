"use client";

import { useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { isNoteOfLong } from "@/lib/core/mapping/value-maps/long-code";
import type { UnseenCode } from "@/lib/mappings/value-map-contract";
import { Link } from "../records/record-link";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { Checkbox } from "../ui/checkbox";
import { DataTable, type Column } from "../ui/data-table";
import { count } from "../ui/numbers";
import { Problem } from "../ui/problem";
import { RelativeTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { DecideManyForm } from "./decide-many-form";
import { DecisionForm } from "./decision-form";
import { LongTexts } from "./long-texts";
import { inboxQuery } from "./queries";
import type { ValueMapEditor } from "./use-value-map";
import { otherwiseText } from "./words";

/** Codes that came and are not listed, and what a person may say of each. */
export function InboxCard({ editor }: { editor: ValueMapEditor }) {
  const { place, opened } = editor;
  const content = useRef<HTMLDivElement>(null);
  const { data: came, error, isPending, refetch } = useQuery(inboxQuery(place));
  const data = came && came.filter(({ code }) => !isNoteOfLong(code));
  const long = came?.filter(({ code }) => isNoteOfLong(code)) ?? [];
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // What is decided or came just now was not ticked.
  const chosen = (data ?? []).map(({ code }) => code).filter((code) => ticked.has(code));
  const tick = (code: string, isTicked: boolean) =>
    setTicked(new Set([...chosen.filter((other) => other !== code), ...(isTicked ? [code] : [])]));
  const goOn = (code: string) => (nextField(content.current, code) ?? content.current)?.focus();
  return (
    <Card
      title="Codes never seen before"
      icon="incident"
      aside={data && data.length > 0 && <Badge tone="warning">{count(data.length)}</Badge>}
      flush={!!data && data.length > 0}
    >
      <div ref={content} tabIndex={-1}>
        {isPending && <Skeleton label="Reading the codes" />}
        {error && (
          <Problem error={error} title="The codes could not be read" onRetry={() => void refetch()} />
        )}
        {data === null && (
          <p className="value-maps-quiet">
            Somebody removed this value map. What is open here stays until you leave the page: save it to make
            it anew.
          </p>
        )}
        {came?.length === 0 && (
          <p className="value-maps-quiet">None. A code that comes and is not listed appears here.</p>
        )}
        {data && data.length > 0 && (
          <>
            <p className="value-maps-intro">
              They came and are not listed below. So far {lowerFirst(otherwiseText(opened.entries.otherwise))}
              . What you decide here counts at once.
            </p>
            {data.length > 1 && (
              <DecideManyForm
                editor={editor}
                waiting={data.length}
                chosen={chosen}
                onChooseAll={(all) => setTicked(new Set(all ? data.map(({ code }) => code) : []))}
                onDecided={() => content.current?.focus()}
              />
            )}
            <DataTable
              label="Codes never seen before"
              columns={[
                ...(data.length > 1 ? [tickColumn(new Set(chosen), tick)] : []),
                ...columnsOf(editor, goOn),
              ]}
              rows={data}
              rowKey={({ code }) => code}
            />
          </>
        )}
        {long.length > 0 && <LongTexts texts={long} />}
      </div>
    </Card>
  );
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function tickColumn(
  chosen: ReadonlySet<string>,
  tick: (code: string, isTicked: boolean) => void,
): Column<UnseenCode> {
  return {
    key: "tick",
    header: <span className="slds-assistive-text">Ticked</span>,
    label: "Tick",
    wrap: true,
    width: "3.5rem",
    cell: ({ code }) => (
      <Checkbox
        label={<span className="slds-assistive-text">Tick {code}</span>}
        checked={chosen.has(code)}
        onChange={({ target }) => tick(code, target.checked)}
      />
    ),
  };
}

/** Where the decision about the code below is typed, or about the one above when there is none below. */
function nextField(inbox: HTMLElement | null, code: string): HTMLElement | null {
  const forms = [...(inbox?.querySelectorAll<HTMLFormElement>("form[data-code]") ?? [])];
  const at = forms.findIndex(({ dataset }) => dataset.code === code);
  const next = forms[at + 1] ?? forms[at - 1];
  return next?.querySelector<HTMLElement>("input") ?? next?.querySelector<HTMLElement>("select") ?? null;
}

function columnsOf(editor: ValueMapEditor, onDecided: (code: string) => void): readonly Column<UnseenCode>[] {
  return [
    {
      key: "code",
      header: "Code",
      rowHeader: true,
      wrap: true,
      width: "22%",
      cell: ({ code }) => <code>{code}</code>,
    },
    {
      key: "seen",
      header: "Seen",
      wrap: true,
      width: "11rem",
      cell: ({ seen, firstAt, lastAt }) => (
        <>
          {seen === 1 ? "Once" : `${count(seen)} times`}
          <span className="value-maps-below">
            last <RelativeTime at={lastAt} />
          </span>
          {firstAt !== lastAt && (
            <span className="value-maps-below">
              first <RelativeTime at={firstAt} />
            </span>
          )}
        </>
      ),
    },
    {
      key: "record",
      header: "For example",
      wrap: true,
      width: "8rem",
      cell: ({ record }) => (record ? <Link record={record}>{record.key}</Link> : "—"),
    },
    {
      key: "decision",
      header: "What it does from now on",
      wrap: true,
      width: "50%",
      cell: ({ code }) => <DecisionForm editor={editor} code={code} onDecided={() => onDecided(code)} />,
    },
  ];
}
