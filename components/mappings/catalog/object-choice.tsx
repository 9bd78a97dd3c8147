"use client";

import { useId, useState, type Ref } from "react";
import { useQuery } from "@tanstack/react-query";
import type { WritableObject } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { counted } from "../../ui/numbers";
import { Problem } from "../../ui/problem";
import { Skeleton } from "../../ui/skeleton";
import { PickDialog } from "../pick-dialog";
import { objectsQuery } from "../queries";

interface ObjectFieldProps {
  institution: string;
  /** API name; empty while none is chosen. */
  object: string;
  /** Of the button that opens the choice. */
  buttonRef: Ref<HTMLButtonElement>;
  onOpen: () => void;
}

/** The Salesforce object that was chosen. */
export function ObjectField({ institution, object, buttonRef, onOpen }: ObjectFieldProps) {
  const labelId = useId();
  const { data } = useQuery(objectsQuery(institution));
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
          ref={buttonRef}
          icon="search"
          id={`${labelId}-choose`}
          aria-labelledby={`${labelId} ${labelId}-choose`}
          onClick={onOpen}
        >
          {chosen ? nameOf(chosen) : "Choose an object"}
        </Button>
      </div>
    </div>
  );
}

interface ObjectDialogProps {
  institution: string;
  open: boolean;
  onClose: () => void;
  onChoose: (object: string) => void;
}

/** Finds the Salesforce object by its label or API name among all that can be written. */
export function ObjectDialog({ institution, open, onClose, onChoose }: ObjectDialogProps) {
  const [search, setSearch] = useState("");
  const { data, error, isPending, refetch } = useQuery(objectsQuery(institution));
  const found = (data ?? []).filter((each) => matches(each, search));
  return (
    <PickDialog
      open={open}
      onOpenChange={onClose}
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
        onClose();
      }}
      footer={<Button onClick={onClose}>Back</Button>}
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
