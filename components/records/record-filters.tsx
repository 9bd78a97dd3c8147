"use client";

import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { newRecord, notWritten } from "@/lib/core/census-change";
import { kindTable } from "@/lib/core/kinds";
import { kinds, statesByGravity, streams } from "@/lib/core/words";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Input } from "../ui/input";
import { count } from "../ui/numbers";
import { Select } from "../ui/select";
import { readAddress } from "./address";
import { stateCountsQuery } from "./queries";
import { useAddress } from "./use-address";
import { stateWords, streamLabels } from "./words";

const typingPauseMs = 300;

/** Search box, selects and state chips; all of them live in the address. */
export function RecordFilters({ connection }: { connection: string }) {
  const [address, change] = useAddress();
  return (
    <div className="records-filters">
      <div className="records-filters__row">
        <SearchBox />
        <Field label="Stream">
          <Select
            value={address.stream ?? ""}
            onChange={({ target }) => change({ ...address, ...only("stream", target.value) })}
            options={[
              { value: "", label: "All streams" },
              ...streams.map((value) => ({ value, label: streamLabels[value] })),
            ]}
          />
        </Field>
        <Field label="Kind">
          <Select
            value={address.kind ?? ""}
            onChange={({ target }) => change({ ...address, ...only("kind", target.value) })}
            options={[
              { value: "", label: "All kinds" },
              ...kinds.map((value) => ({ value, label: kindTable[value].label })),
            ]}
          />
        </Field>
      </div>
      <StateChips connection={connection} />
    </div>
  );
}

/** One part of the address, read as the address itself would be; undefined takes it out. */
function only(name: "stream" | "kind", value: string) {
  return { [name]: readAddress((asked) => (asked === name ? value : null))[name] };
}

/**
 * Searches when typing pauses. The address follows a moment later: what it repeats of ours never overwrites what has
 * been typed since, what it says otherwise (the browser's Back) is taken over.
 */
function SearchBox() {
  const [address, change] = useAddress();
  const wanted = address.q ?? "";
  const [typed, setTyped] = useState(wanted);
  const [known, setKnown] = useState(wanted);
  const [sent, setSent] = useState(wanted);
  if (known !== wanted) {
    setKnown(wanted);
    if (wanted !== sent) {
      setSent(wanted);
      setTyped(wanted);
    }
  }
  useEffect(() => {
    const text = typed.trim();
    if (text === wanted) return;
    const timer = setTimeout(() => {
      const { q: _, ...rest } = readAddress((name) => new URLSearchParams(window.location.search).get(name));
      setSent(text);
      change({ ...rest, ...(text && { q: text }) }, "replace");
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, wanted, change]);
  return (
    <Field label="Search" className="records-filters__search">
      <SearchInput value={typed} onChange={setTyped} />
    </Field>
  );
}

function SearchInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="slds-input-has-icon slds-input-has-icon_left">
      <Icon name="search" size="x-small" className="slds-input__icon slds-input__icon_left" />
      <Input
        type="search"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        placeholder="Number, name, e-mail, order or Salesforce id"
        autoComplete="off"
        spellCheck={false}
      />
    </div>
  );
}

/** Counts are of the stream as a whole; next to a search they would mislead and are left out. */
function StateChips({ connection }: { connection: string }) {
  const [address, change] = useAddress();
  const { stream, state, q, kind, imported, run, census, change: changing } = address;
  const { data } = useQuery(stateCountsQuery({ connection, ...(stream && { stream }) }));
  const counts = q || kind || imported || run || census ? undefined : data;
  const { state: _, ...anyState } = address;
  const { imported: _imported, ...anyOrigin } = address;
  const { run: _run, ...anyRun } = address;
  const { census: _census, change: _change, ...anyResult } = address;
  const { state: _of, imported: _from, run: _in, census: _by, change: _where, ...all } = address;
  return (
    <div role="group" aria-label="State" className="records-chips">
      <Chip pressed={!state && !imported && !run && !census} onClick={() => change(all)}>
        All
      </Chip>
      {imported && (
        <Chip pressed title="Press to see all records again" onClick={() => change(anyOrigin)}>
          Of an import
        </Chip>
      )}
      {run && (
        <Chip pressed title="Press to see all records again" onClick={() => change(anyRun)}>
          Not through re-processing
        </Chip>
      )}
      {census && (
        <Chip pressed title="Press to see all records again" onClick={() => change(anyResult)}>
          {changing === undefined
            ? "Result changes"
            : `Result changes: ${wholeChanges[changing] ?? changing}`}
        </Chip>
      )}
      {statesByGravity.map((name) => (
        <Chip
          key={name}
          pressed={state === name}
          title={stateWords[name].meaning}
          onClick={() => change(state === name ? anyState : { ...address, state: name })}
        >
          {stateWords[name].label}
          {counts && <span className="records-chip__count">{count(counts[name])}</span>}
        </Chip>
      ))}
    </div>
  );
}

/** What may change besides a field, as the banner of the mapping calls it. */
const wholeChanges: Readonly<Record<string, string>> = {
  [newRecord]: "New in Salesforce",
  [notWritten]: "Not written any more",
};

interface ChipProps {
  pressed: boolean;
  title?: string;
  onClick: () => void;
  children: React.ReactNode;
}

function Chip({ pressed, title, onClick, children }: ChipProps) {
  return (
    <button type="button" className="records-chip" aria-pressed={pressed} title={title} onClick={onClick}>
      {children}
    </button>
  );
}
