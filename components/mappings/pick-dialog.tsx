"use client";

import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

export interface Pick {
  readonly key: string;
  readonly title: ReactNode;
  readonly details?: ReactNode;
  /** Why it cannot be chosen. */
  readonly reason?: string;
  /** What speaks against it: it can be chosen all the same. */
  readonly caution?: string;
}

interface PickDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  searchLabel: string;
  search: string;
  onSearch: (search: string) => void;
  picks: readonly Pick[];
  onPick: (key: string) => void;
  /** Shown under the search: what is awaited, went wrong or was not found. */
  children?: ReactNode;
  footer?: ReactNode;
}

/** Choose one of many by searching. The arrow keys lead from the search into the list and through it. */
export function PickDialog(props: PickDialogProps) {
  const { open, onOpenChange, title, description, searchLabel, search, onSearch, picks, onPick } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      initialFocus={input}
      footer={props.footer}
    >
      <div className="mappings-pick" onKeyDown={moveFocus}>
        <Field label={searchLabel}>
          <Input
            ref={input}
            type="search"
            maxLength={200}
            autoComplete="off"
            value={search}
            onChange={(event) => onSearch(event.target.value)}
          />
        </Field>
        {props.children}
        <ul className="mappings-pick__list" aria-label={title}>
          {picks.map((pick) => (
            <li key={pick.key}>
              <button
                type="button"
                className="mappings-pick__item"
                data-pick
                aria-disabled={pick.reason ? true : undefined}
                onClick={() => !pick.reason && onPick(pick.key)}
              >
                <span>{pick.title}</span>
                {pick.details && <span className="mappings-name">{pick.details}</span>}
                {(pick.reason ?? pick.caution) && (
                  <span className="mappings-pick__reason">{pick.reason ?? pick.caution}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input, [data-pick]")];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
