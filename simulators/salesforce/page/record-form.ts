import { tokenField } from "./acting-user";
import type { FieldTrouble } from "./field-trouble";
import { isRequired } from "./form-fields";
import type { FormEntries } from "./form-values";
import { frame } from "./frame";
import { html, type SafeHtml } from "./html";
import { formField, inputId } from "./inputs";
import type { Section } from "./layouts";
import { objectIcon } from "./object-icon";
import type { PageCall, PageReply } from "./page-call";
import { recordLink, shownLabel } from "./values";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";

/** What stands in the way of saving a form. */
export interface FormTroubles {
  /** For the whole record. */
  general: string[];
  byField: Map<string, FieldTrouble>;
  /** Records that a duplicate rule takes for the same. */
  duplicates?: { ids: readonly string[]; allowSave: boolean };
}

export interface RecordForm {
  object: SObject;
  title: string;
  isPerson: boolean;
  sections: readonly Section[];
  entries: FormEntries;
  hidden: Readonly<Record<string, string>>;
  cancelPath: string;
  /** Another button beside Save, sent as `_then`. */
  second?: { label: string; value: string };
  troubles?: FormTroubles;
  /** Told above the fields, as that somebody else changed the record. */
  notice?: SafeHtml;
  /** What the record holds now, at fields that somebody else changed. */
  newer?: ReadonlyMap<string, SafeHtml>;
}

export function noTroubles(): FormTroubles {
  return { general: [], byField: new Map() };
}

/**
 * The page of a form, as Lightning's window for New and Edit. A form that was refused answers 422. Save comes before the
 * second button, because Enter in a field presses a form's first submit button (HTML standard, "Implicit submission");
 * the styles show it last.
 */
export function formPage(call: PageCall, form: RecordForm): PageReply {
  const { object, title, troubles, notice } = form;
  const content = html`<section class="card window">
    <header>
      ${objectIcon(object)}
      <h1>${title}</h1>
      <p class="legend"><abbr title="required">*</abbr> = Required Information</p>
    </header>
    <form method="post" action="${call.path}" novalidate>
      ${tokenField(call)}
      ${Object.entries(form.hidden).map(
        ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
      )}
      ${troubles ? summary(call, form, troubles) : ""}
      ${notice ? html`<div class="notice" role="alert">${notice}</div>` : ""}
      ${form.sections.map((section) => formSection(call, form, section))}
      <footer>
        <a class="button" href="${form.cancelPath}">Cancel</a>
        <button class="button brand">Save</button>
        ${
          form.second
            ? html`<button class="button" name="_then" value="${form.second.value}">
                ${form.second.label}
              </button>`
            : ""
        }
      </footer>
    </form>
  </section>`;
  const isRefused = troubles !== undefined || notice !== undefined;
  return { status: isRefused ? 422 : 200, html: frame(call, title, content, { active: object }) };
}

function formSection(call: PageCall, form: RecordForm, { title, fields }: Section): SafeHtml {
  return html`<fieldset class="section">
    <legend>${title}</legend>
    <div class="fields">
      ${grouped(fields).map((group) => {
        const inputs = group.fields.map((field) => fieldOf(call, form, field));
        return group.address === undefined
          ? inputs
          : html`<div class="address" role="group" aria-label="${addressLabel(form.object, group.address)}">
              ${inputs}
            </div>`;
      })}
    </div>
  </fieldset>`;
}

function fieldOf(call: PageCall, form: RecordForm, field: FieldModel): SafeHtml {
  return formField(call, field, {
    ...(form.entries.get(field.name) ?? { text: "" }),
    isRequired: isRequired(form.object, field, form.isPerson),
    trouble: form.troubles?.byField.get(field.name),
    newer: form.newer?.get(field.name),
  });
}

/** The parts of one address stand together, each other field alone. */
function grouped(fields: readonly FieldModel[]): { address?: string; fields: FieldModel[] }[] {
  const groups: { address?: string; fields: FieldModel[] }[] = [];
  for (const field of fields) {
    const address = field.compoundFieldName?.endsWith("Address") ? field.compoundFieldName : undefined;
    const last = groups.at(-1);
    if (address !== undefined && last?.address === address) last.fields.push(field);
    else groups.push({ address, fields: [field] });
  }
  return groups;
}

function addressLabel(object: SObject, name: string): string {
  return object.field(name)?.label ?? name;
}

/** Lightning's box over a form that could not be saved. */
function summary(call: PageCall, form: RecordForm, { general, byField, duplicates }: FormTroubles): SafeHtml {
  const fields = form.sections.flatMap((section) => section.fields).filter(({ name }) => byField.has(name));
  return html`<div class="errors" role="alert" tabindex="-1">
    <h2>We hit a snag.</h2>
    <p>Review the errors on this page.</p>
    ${
      general.length === 0
        ? ""
        : html`<ul>
            ${general.map((message) => html`<li>${message}</li>`)}
          </ul>`
    }
    ${duplicates ? duplicatesFound(call, duplicates) : ""}
    ${
      fields.length === 0
        ? ""
        : html`<p>Review the following fields</p>
            <ul>
              ${fields.map((field) => html`<li><a href="#${inputId(field)}">${shownLabel(field)}</a></li>`)}
            </ul>`
    }
  </div>`;
}

/** The records that look the same; an alert lets the next save pass, as in Lightning. */
function duplicatesFound(
  call: PageCall,
  { ids, allowSave }: NonNullable<FormTroubles["duplicates"]>,
): SafeHtml {
  return html`<ul>
      ${ids.map((id) => html`<li>${recordLink(call, id)}</li>`)}
    </ul>
    ${
      allowSave
        ? html`<input type="hidden" name="_allowDuplicates" value="1" />
            <p>Save again to keep this record as well.</p>`
        : ""
    }`;
}
