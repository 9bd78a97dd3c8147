"use client";

import { useId, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { WritableObject } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { counted } from "../../ui/numbers";
import { Problem } from "../../ui/problem";
import { Skeleton } from "../../ui/skeleton";
import { PickDialog } from "../pick-dialog";
import { objectsQuery } from "../queries";

interface ObjectChoiceProps {
  institution: string;
  /** API name; empty while none is chosen. */
  object: string;
  onChoose: (object: string) => void;
}

/** The Salesforce object, found by its label or API name among all that can be written. */
export function ObjectChoice({ institution, object, onChoose }: ObjectChoiceProps) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const labelId = useId();
  const { data, error, isPending, refetch } = useQuery(objectsQuery(institution));
  const found = (data ?? []).filter((each) => matches(each, search));
  const chosen = data?.find(({ name }) => name === object);
  return (
    <div className="slds-form-element">
      <span className="slds-form-element__label" id={labelId}>
        <abbr className="slds-required" title="required">
          *{" "}
        </abbr>
        Salesforce object
      </span>
      <div className="slds-form-element__control">
        <Button
          icon="search"
          id={`${labelId}-choose`}
          aria-labelledby={`${labelId} ${labelId}-choose`}
          onClick={() => setOpen(true)}
        >
          {chosen ? nameOf(chosen) : "Choose an object"}
        </Button>
      </div>
      <PickDialog
        open={open}
        onOpenChange={setOpen}
        title="Choose an object"
        description="Objects of the org that the connector’s user may write."
        searchLabel="Find an object by its label or API name"
        search={search}
        onSearch={setSearch}
        picks={found.map(({ name, label, custom }) => ({
          key: name,
          title: label,
          details: `${name} · ${custom ? "custom" : "standard"}`,
        }))}
        onPick={(name) => {
          onChoose(name);
          setSearch("");
          setOpen(false);
        }}
        footer={<Button onClick={() => setOpen(false)}>Cancel</Button>}
      >
        {isPending && <Skeleton label="Asking Salesforce for its objects" />}
        {error && (
          <Problem error={error} title="Salesforce could not be asked" onRetry={() => void refetch()} />
        )}
        {data && (
          <p className="mappings-quiet slds-m-top_x-small" role="status">
            {found.length === 0
              ? "No object matches. Set-up objects and custom settings are left out."
              : counted(found.length, "object")}
          </p>
        )}
      </PickDialog>
    </div>
  );
}

function nameOf({ label, name }: WritableObject): string {
  return label === name ? label : `${label} (${name})`;
}

/** Custom objects are often spoken of without their ending. */
function matches({ label, name }: WritableObject, search: string): boolean {
  const text = `${label} ${name}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
