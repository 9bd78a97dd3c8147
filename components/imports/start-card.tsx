"use client";

import { useState, type FormEvent } from "react";
import type { ImportStream } from "@/lib/core/imports/words";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { useStart, type ImportOrder } from "./queries";
import { RequestText } from "./request-text";
import { requestText, streamWords } from "./words";

interface StartCardProps {
  institution: string;
  /** Streams of which no import takes what arrives. */
  free: readonly ImportStream[];
  isFirst: boolean;
}

interface Typed {
  readonly since: string;
  readonly canary: string;
  readonly streams: readonly ImportStream[];
  readonly expected: Readonly<Record<string, string>>;
}

/** Begins an import, and says what to ask SecuTix for. */
export function StartCard({ institution, free, isFirst }: StartCardProps) {
  const start = useStart(institution);
  const [typed, setTyped] = useState<Typed>({ since: "", canary: "50", streams: free, expected: {} });
  const [isTried, setTried] = useState(false);
  const { problems, order } = read(typed);
  const shown = isTried ? problems : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (order) start.mutate(order);
  };
  const choose = (stream: ImportStream, chosen: boolean) =>
    setTyped({
      ...typed,
      streams: free.filter((each) => (each === stream ? chosen : typed.streams.includes(each))),
    });
  const text = requestText(institution, typed.streams, typed.since || "(the day)");
  return (
    <Card title={isFirst ? "Begin an import" : "Begin another import"} icon="import">
      <form onSubmit={submit} noValidate className="imports-form">
        <fieldset className="slds-form-element imports-form__streams">
          <legend className="slds-form-element__legend slds-form-element__label">
            What S-360 sends again
          </legend>
          {free.map((stream) => (
            <div key={stream} className="imports-form__stream">
              <Checkbox
                label={streamWords[stream].title}
                checked={typed.streams.includes(stream)}
                onChange={({ target }) => choose(stream, target.checked)}
              />
              {typed.streams.includes(stream) && (
                <Field
                  label={`How many ${streamWords[stream].many} are expected`}
                  error={shown[stream]}
                  help="As SecuTix says; may be left empty."
                >
                  <Input
                    inputMode="numeric"
                    autoComplete="off"
                    value={typed.expected[stream] ?? ""}
                    onChange={({ target }) =>
                      setTyped({ ...typed, expected: { ...typed.expected, [stream]: target.value } })
                    }
                  />
                </Field>
              )}
            </div>
          ))}
          {shown.streams && (
            <p className="slds-form-element__help" role="alert">
              {shown.streams}
            </p>
          )}
        </fieldset>
        <div className="imports-form__row">
          <Field label="Everything changed since" error={shown.since} required>
            <Input
              type="date"
              value={typed.since}
              onChange={({ target }) => setTyped({ ...typed, since: target.value })}
            />
          </Field>
          <Field
            label="Records to look at first"
            error={shown.canary}
            help="Written before you approve the rest. 0: all at once."
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              value={typed.canary}
              onChange={({ target }) => setTyped({ ...typed, canary: target.value })}
            />
          </Field>
        </div>
        {typed.streams.length > 0 && <RequestText title="Then write to SecuTix:" text={text} />}
        <Button type="submit" variant="brand" busy={start.isPending}>
          Begin the import
        </Button>
      </form>
    </Card>
  );
}

const mostCanary = 200;

/** `problems` by field; `order` when there are none. */
function read({ since, canary, streams, expected }: Typed): {
  problems: Readonly<Record<string, string>>;
  order: ImportOrder | null;
} {
  const first = wholeNumber(canary);
  const counts = streams.map((stream) => ({ stream, expected: wholeNumber(expected[stream] ?? "") }));
  const problems = {
    ...(streams.length === 0 && { streams: "Choose contacts, orders or both." }),
    ...(!/^\d{4}-\d\d-\d\d$/.test(since) && { since: "Choose the day." }),
    ...((first === null || first === undefined || first > mostCanary) && {
      canary: `Give a whole number up to ${mostCanary}.`,
    }),
    ...Object.fromEntries(
      counts.flatMap(({ stream, expected: number }) =>
        number === undefined || number === 0 ? [[stream, "Give a whole number, or leave it empty."]] : [],
      ),
    ),
  };
  if (Object.keys(problems).length > 0) return { problems, order: null };
  const told = counts.map(({ stream, expected: number }) => ({ stream, expected: number ?? null }));
  return { problems, order: { since, canary: first ?? 0, streams: told } };
}

/** Null: nothing was typed; undefined: no whole number, or one beyond all measure. */
function wholeNumber(text: string): number | null | undefined {
  const digits = text.replace(/[\s',.’]/g, "");
  if (digits === "") return null;
  return /^\d{1,8}$/.test(digits) ? Number(digits) : undefined;
}
