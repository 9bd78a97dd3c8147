"use client";

import { useId, useImperativeHandle, useState, type Ref } from "react";
import { compileShortForm } from "@/lib/core/mapping/short-form/compile";
import { recogniseShortForm } from "@/lib/core/mapping/short-form/recognise";
import { Button } from "../../ui/button";
import { classes } from "../../ui/classes";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import type { Unread } from "../draft/content";
import {
  cellsWithout,
  emptyForm,
  pathText,
  readPath,
  separatorChoiceOf,
  separatorChoices,
  textWithCells,
  throughChoiceOf,
  throughChoices,
  throughOf,
  withAdded,
  withCell,
  without,
  withSeparator,
  withValue,
  type Cells,
  type ValuesForm,
} from "./parts";
import { PathField } from "./path-field";
import type { EditorSource } from "../source/source";

export interface PartsHandle {
  /** Into the row that was looked at last, or into a new one; false where there are no rows. */
  insertPath: (path: string) => boolean;
}

interface PartsFieldProps {
  expression: string;
  /** What was typed and cannot be read yet. */
  cells: Cells;
  source: EditorSource;
  onExpression: (expression: string) => void;
  onUnread: (unread: Unread, expression: string) => void;
  ref?: Ref<PartsHandle>;
}

const mostOffered = 300;

/** A line as rows: each value with what is done to it, and what stands between them. */
export function PartsField({ expression, cells, source, onExpression, onUnread, ref }: PartsFieldProps) {
  const listId = useId();
  const [active, setActive] = useState<number | null>(null);
  const form = expression.trim() === "" ? emptyForm : recogniseShortForm(expression);
  const change = (next: ValuesForm, typed: Cells = cells) => {
    const stored = next.values.length === 0 ? "" : compileShortForm(next);
    if (Object.keys(typed).length === 0) onExpression(stored);
    else onUnread({ text: textWithCells(next, typed), cells: typed }, stored);
  };
  useImperativeHandle(ref, () => ({
    insertPath(path) {
      const read = readPath(path, source.model);
      if (!read.ok || form?.form !== "values") return false;
      const { value } = read;
      const isRow = active !== null && active < form.values.length;
      if (isRow) change(withValue(form, active, value), withCell(cells, active, null));
      else change(withAdded(form, value));
      setActive(isRow ? active : form.values.length);
      return true;
    },
  }));
  if (form?.form === "constant")
    return <p>This line always gives {JSON.stringify(form.value)}. Write it in short form to change it.</p>;
  if (!form) return <p>This line says more than rows can show. Open it as an expression.</p>;
  const remove = (index: number) => {
    setActive(null);
    change(without(form, index), cellsWithout(cells, index));
  };
  return (
    <div className="parts">
      <p className="mappings-quiet parts__about">
        A click on one of the S-360 values puts it{" "}
        {active === null ? "into a new row" : "into the marked row"}.
      </p>
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
          <li
            key={index}
            className={classes("parts__row", active === index && "parts__row_active")}
            onFocus={() => setActive(index)}
          >
            {index > 0 && <Between form={form} index={index - 1} onChange={change} />}
            <PathField
              label={form.values.length > 1 ? `Value ${index + 1}` : "Value"}
              text={cells[index] ?? pathText(value)}
              listId={listId}
              source={source}
              path={value}
              onPath={(path) => change(withValue(form, index, path), withCell(cells, index, null))}
              onUnread={(typed, { from, filled }) =>
                change(withValue(form, index, { from, filled }), withCell(cells, index, typed))
              }
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
              <Button icon="remove" iconOnly variant="base" onClick={() => remove(index)}>
                Remove value {index + 1}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {form.values.length > 0 && (
        <div className="parts__around">
          <Field
            label="Text before all of it"
            help="Such as “Tel. ”. It is written only where at least one value is there."
          >
            <Input
              value={form.before}
              onChange={(event) => change({ ...form, before: event.target.value })}
            />
          </Field>
          <Field
            label="Text after all of it"
            help="Such as “ CHF”. It is written only where at least one value is there."
          >
            <Input value={form.after} onChange={(event) => change({ ...form, after: event.target.value })} />
          </Field>
        </div>
      )}
      <Button
        icon="add"
        onClick={() => {
          change(withAdded(form, firstPath(source)));
          setActive(form.values.length);
        }}
      >
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
