"use client";

import { useState, type FormEvent } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

interface PaceFormProps {
  usual: number;
  busy: boolean;
  /** `until`: ISO text, the end of the chosen day where the reader is. */
  onSubmit: (boost: { perMinute: number; until: string }) => void;
}

/** "SecuTix has raised our limit to … calls a minute until …". */
export function PaceForm({ usual, busy, onSubmit }: PaceFormProps) {
  const [rate, setRate] = useState("");
  const [day, setDay] = useState("");
  const [problems, setProblems] = useState<{ rate?: string; day?: string }>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const perMinute = Number(rate);
    const until = new Date(`${day}T23:59:59`);
    const found = {
      ...(!(Number.isInteger(perMinute) && perMinute > usual && perMinute <= 10_000) && {
        rate: `Give a whole number above ${usual}, up to 10,000.`,
      }),
      ...(!(until.getTime() > Date.now()) && { day: "Choose today or a later day." }),
    };
    setProblems(found);
    if (Object.keys(found).length === 0) onSubmit({ perMinute, until: until.toISOString() });
  };
  return (
    <form onSubmit={submit} noValidate className="reviews-pace">
      <p>SecuTix has raised our limit for a while:</p>
      <Field label="Calls a minute" error={problems.rate}>
        <Input
          inputMode="numeric"
          value={rate}
          onChange={({ target }) => setRate(target.value.trim())}
          autoComplete="off"
        />
      </Field>
      <Field label="Until the end of" error={problems.day}>
        <Input type="date" value={day} onChange={({ target }) => setDay(target.value)} />
      </Field>
      <Button type="submit" busy={busy}>
        Use this rate
      </Button>
    </form>
  );
}
