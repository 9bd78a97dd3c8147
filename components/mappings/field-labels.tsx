"use client";

import { createContext, use, useMemo, type ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { fieldTexts, shownName } from "./names";
import { targetQuery } from "./queries";
import { targetFields } from "./target-fields";

interface Known {
  readonly labelOf: (name: string) => string | undefined;
  readonly textOf: (name: string) => string;
}

const Labels = createContext<Known>({ labelOf: () => undefined, textOf: shownName });

/** Lets everything inside name the fields of a mapping's object as Salesforce does. */
export function FieldLabels({ mappingId, children }: { mappingId: number; children: ReactNode }) {
  const { data } = useQuery(targetQuery(mappingId));
  const known = useMemo(() => {
    const fields = targetFields(data ?? null);
    return { labelOf: (name: string) => fields.get(name)?.label, textOf: fieldTexts(data?.fields ?? []) };
  }, [data]);
  return <Labels value={known}>{children}</Labels>;
}

/** The label of a field and its API name under it; the name alone while the label is not known. */
export function FieldName({ target }: { target: string }) {
  const label = use(Labels).labelOf(target);
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
