"use client";

import { createContext, use, useMemo, type ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { shownName } from "./names";
import { targetQuery } from "./queries";

/** By target as documents write it. */
const Labels = createContext<ReadonlyMap<string, string>>(new Map());

/** Lets everything inside name the fields of a mapping's object as Salesforce does. */
export function FieldLabels({ mappingId, children }: { mappingId: number; children: ReactNode }) {
  const { data } = useQuery(targetQuery(mappingId));
  const labels = useMemo(() => new Map(data?.fields.map(({ target, label }) => [target, label])), [data]);
  return <Labels value={labels}>{children}</Labels>;
}

/** The label of a field and its API name under it; the name alone while the label is not known. */
export function FieldName({ target }: { target: string }) {
  const label = use(Labels).get(target);
  const name = shownName(target);
  return (
    <>
      <strong>{label ?? name}</strong>
      {label !== undefined && label !== name && <span className="mappings-name">{name}</span>}
    </>
  );
}

/** "Last Name (LastName)", for sentences. */
export function useFieldText(): (target: string) => string {
  const labels = use(Labels);
  return (target) => {
    const label = labels.get(target);
    const name = shownName(target);
    return label === undefined || label === name ? name : `${label} (${name})`;
  };
}
