"use client";

import { createContext, use, useMemo, type ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { fieldTexts, shownName } from "./names";
import { targetQuery } from "./queries";

interface Known {
  /** By target as documents write it. */
  readonly labels: ReadonlyMap<string, string>;
  readonly textOf: (name: string) => string;
}

const Labels = createContext<Known>({ labels: new Map(), textOf: shownName });

/** Lets everything inside name the fields of a mapping's object as Salesforce does. */
export function FieldLabels({ mappingId, children }: { mappingId: number; children: ReactNode }) {
  const { data } = useQuery(targetQuery(mappingId));
  const known = useMemo(() => {
    const fields = data?.fields ?? [];
    return {
      labels: new Map(fields.map(({ target, label }) => [target, label])),
      textOf: fieldTexts(fields),
    };
  }, [data]);
  return <Labels value={known}>{children}</Labels>;
}

/** The label of a field and its API name under it; the name alone while the label is not known. */
export function FieldName({ target }: { target: string }) {
  const label = use(Labels).labels.get(target);
  const name = shownName(target);
  return (
    <>
      <strong>{label ?? name}</strong>
      {label !== undefined && label !== name && <span className="mappings-name">{name}</span>}
    </>
  );
}

/** What sentences call a field, by any name of it. @see fieldTexts */
export function useFieldText(): (name: string) => string {
  return use(Labels).textOf;
}
