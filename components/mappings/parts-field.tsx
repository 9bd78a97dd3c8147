"use client";

import { useId, useState } from "react";
import { compileShortForm } from "@/lib/core/mapping/short-form/compile";
import { recogniseShortForm } from "@/lib/core/mapping/short-form/recognise";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import {
  pathText,
  readPath,
  separatorChoiceOf,
  separatorChoices,
  throughChoiceOf,
  throughChoices,
  throughOf,
  withAdded,
  without,
  withSeparator,
  withValue,
  type ValuesForm,
} from "./parts";
import type { EditorSource } from "./source";

interface PartsFieldProps {
  expression: string;
  source: EditorSource;
  onExpression: (expression: string) => void;
}

const mostOffered = 300;

/** A line as rows: each value with what is done to it, and what stands between them. */
export function PartsField({ expression, source, onExpression }: PartsFieldProps) {
  const listId = useId();
  const form = recogniseShortForm(expression);
  if (form?.form === "constant")
    return <p>This line always gives {JSON.stringify(form.value)}. Write it in short form to change it.</p>;
  if (!form) return <p>This line says more than rows can show. Open it as an expression.</p>;
  const change = (next: ValuesForm) => onExpression(compileShortForm(next));
  return (
    <div className="parts">
      <datalist id={listId}>
        {source.paths.slice(0, mostOffered).map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      {form.values.length > 1 && (
        <p className="mappings-quiet">
          The values are joined in this order. One that is missing is left out, together with the text before
          it.
        </p>
      )}
      <ol className="parts__list" aria-label="Values">
        {form.values.map((value, index) => (
          <li key={index} className="parts__row">
            {index > 0 && <Between form={form} index={index - 1} onChange={change} />}
            <PathField
              label={form.values.length > 1 ? `Value ${index + 1}` : "Value"}
              text={pathText(value)}
              listId={listId}
              source={source}
              onPath={(path) => change(withValue(form, index, path))}
            />
            <Field label="Written">
              <Select
                options={throughChoices(source.valueMaps)}
                value={throughChoiceOf(value)}
                onChange={(event) =>
                  change(withValue(form, index, { through: throughOf(event.target.value) }))
                }
              />
            </Field>
            {form.values.length > 1 && (
              <Button icon="remove" iconOnly variant="base" onClick={() => change(without(form, index))}>
                Remove value {index + 1}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <div className="parts__around">
        <Field
          label="Text before all of it"
          help="Such as “Tel. ”. It is written only where at least one value is there."
        >
          <Input value={form.before} onChange={(event) => change({ ...form, before: event.target.value })} />
        </Field>
        <Field
          label="Text after all of it"
          help="Such as “ CHF”. It is written only where at least one value is there."
        >
          <Input value={form.after} onChange={(event) => change({ ...form, after: event.target.value })} />
        </Field>
      </div>
      <Button icon="add" onClick={() => change(withAdded(form, firstPath(source)))}>
        Add a value
      </Button>
    </div>
  );
}

/** Something that is there, to be changed. */
function firstPath({ paths, model }: EditorSource) {
  const read = readPath(paths[0] ?? model[0]?.name ?? "contactNumber", model);
  return read.ok ? read.value : { from: [], filled: false };
}

interface BetweenProps {
  form: ValuesForm;
  index: number;
  onChange: (form: ValuesForm) => void;
}

/** Empty values are left out together with what stands before them. */
function Between({ form, index, onChange }: BetweenProps) {
  const separator = form.separators[index] ?? " ";
  const choice = separatorChoiceOf(separator);
  return (
    <div className="parts__between">
      <Field label="then">
        <Select
          options={separatorChoices}
          value={choice}
          onChange={(event) =>
            onChange(withSeparator(form, index, event.target.value === "other" ? " – " : event.target.value))
          }
        />
      </Field>
      {choice === "other" && (
        <Field label="Other text">
          <Input
            value={separator}
            onChange={(event) => onChange(withSeparator(form, index, event.target.value))}
          />
        </Field>
      )}
    </div>
  );
}

interface PathFieldProps {
  label: string;
  text: string;
  listId: string;
  source: EditorSource;
  onPath: (path: Extract<ReturnType<typeof readPath>, { ok: true }>["value"]) => void;
}

/** What cannot be read yet stays in the field; the line keeps what it said. */
function PathField({ label, text, listId, source, onPath }: PathFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const answer = typed === null ? null : readPath(typed, source.model);
  return (
    <Field label={label} error={answer && !answer.ok ? answer.sentence : undefined}>
      <Input
        list={listId}
        value={typed ?? text}
        spellCheck={false}
        onChange={(event) => {
          const next = event.target.value;
          const read = readPath(next, source.model);
          setTyped(next);
          if (read.ok) onPath(read.value);
        }}
        onBlur={() => answer?.ok && setTyped(null)}
      />
    </Field>
  );
}
