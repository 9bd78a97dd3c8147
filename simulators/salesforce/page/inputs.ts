import type { FieldTrouble } from "./field-trouble";
import type { FormEntry } from "./form-values";
import { html, type SafeHtml } from "./html";
import { suggestionsFor, targetOf } from "./lookup";
import type { PageCall } from "./page-call";
import { shownLabel } from "./values";
import type { FieldModel } from "../model/types";

export interface InputState extends FormEntry {
  isRequired: boolean;
  trouble?: FieldTrouble;
  /** What the record holds by now, where somebody else changed it. */
  newer?: SafeHtml;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  email: "email",
  phone: "tel",
  url: "url",
  date: "date",
  datetime: "datetime-local",
  time: "time",
};
const NUMBERS = new Set(["int", "double", "currency", "percent"]);

/** A field of a form with its label, its error and what is new about it. */
export function formField(call: PageCall, field: FieldModel, state: InputState): SafeHtml {
  const { trouble, newer, isRequired } = state;
  const isGroup = field.type === "multipicklist";
  const label = html`${isRequired ? html`<abbr title="required">*</abbr> ` : ""}${labelWithUnit(field)}`;
  return html`<div class="field ${field.type} ${trouble ? "invalid" : ""}">
    ${
      isGroup
        ? html`<span class="label" id="${inputId(field)}-label">${label}</span>`
        : html`<label for="${inputId(field)}">${label}</label>`
    }
    ${control(call, field, state)}
    ${field.inlineHelpText === null ? "" : html`<p class="help">${field.inlineHelpText}</p>`}
    ${trouble ? html`<p class="field-error" id="${inputId(field)}-error">${trouble.message}</p>` : ""}
    ${trouble?.choices ? choices(field, trouble.choices) : ""}
    ${newer ? html`<p class="newer">Now: ${newer}</p>` : ""}
  </div>`;
}

export function inputId(field: FieldModel): string {
  return `f-${field.name}`;
}

function labelWithUnit(field: FieldModel): string {
  if (field.type === "datetime") return `${shownLabel(field)} (UTC)`;
  const label = shownLabel(field);
  return field.type === "percent" && !label.includes("%") ? `${label} (%)` : label;
}

function control(call: PageCall, field: FieldModel, state: InputState): SafeHtml {
  switch (field.type) {
    case "boolean":
      return html`<input
        type="checkbox"
        value="true"
        ${attributes(field, state)}
        ${state.text === "true" ? html`checked` : ""}
      />`;
    case "picklist":
      return select(field, state);
    case "multipicklist":
      return checkboxes(field, state);
    case "textarea":
      return html`<textarea rows="${field.length > 255 ? 5 : 3}" ${attributes(field, state)}>
${state.text}</textarea>`;
    case "reference":
      return lookup(call, field, state);
    case "combobox":
      return html`<input
          type="text"
          value="${state.text}"
          list="${inputId(field)}-list"
          ${attributes(field, state)}
        />
        <datalist id="${inputId(field)}-list">
          ${field.picklistValues.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
        </datalist>`;
    case "address":
    case "currency":
    case "date":
    case "datetime":
    case "double":
    case "email":
    case "id":
    case "int":
    case "percent":
    case "phone":
    case "string":
    case "time":
    case "url":
      return html`<input
        type="${INPUT_TYPES[field.type] ?? "text"}"
        value="${state.text}"
        ${NUMBERS.has(field.type) ? html`inputmode="decimal"` : ""}
        ${field.type === "datetime" || field.type === "time" ? html`step="1"` : ""}
        ${attributes(field, state)}
      />`;
  }
}

function attributes(field: FieldModel, { isRequired, trouble }: InputState): SafeHtml {
  return html`id="${inputId(field)}" name="${field.name}" autocomplete="off"
  ${isRequired ? html`aria-required="true"` : ""}
  ${trouble ? html`aria-invalid="true" aria-describedby="${inputId(field)}-error"` : ""}`;
}

/** Active values, and the stored one even if the list no longer has it. */
function select(field: FieldModel, state: InputState): SafeHtml {
  const values = field.picklistValues.filter(({ isActive, value }) => isActive || value === state.text);
  const isListed = state.text === "" || values.some(({ value }) => value === state.text);
  const options = isListed ? values : [...values, { value: state.text, label: state.text }];
  return html`<select ${attributes(field, state)}>
    <option value="">--None--</option>
    ${options.map(
      ({ value, label }) =>
        html`<option value="${value}" ${value === state.text ? html`selected` : ""}>${label}</option>`,
    )}
  </select>`;
}

function checkboxes(field: FieldModel, state: InputState): SafeHtml {
  const chosen = new Set(state.text.split(";"));
  return html`<div
    class="boxes"
    role="group"
    id="${inputId(field)}"
    aria-labelledby="${inputId(field)}-label"
  >
    ${field.picklistValues
      .filter(({ isActive, value }) => isActive || chosen.has(value))
      .map(
        ({ value, label }) =>
          html`<label
            ><input
              type="checkbox"
              name="${field.name}"
              value="${value}"
              ${chosen.has(value) ? html`checked` : ""}
            />
            ${label}</label
          >`,
      )}
  </div>`;
}

function lookup(call: PageCall, field: FieldModel, state: InputState): SafeHtml {
  const object = targetOf(call, field);
  const list = `${inputId(field)}-list`;
  return html`<input
      type="text"
      value="${state.text}"
      list="${list}"
      data-lookup="${object?.name}"
      placeholder="Search ${object?.model.labelPlural}…"
      ${attributes(field, state)}
    />
    ${
      state.id === undefined
        ? ""
        : html`<input type="hidden" name="${field.name}.id" value="${state.id}" />
            <input type="hidden" name="${field.name}.name" value="${state.text}" />`
    }
    <datalist id="${list}">
      ${
        object
          ? suggestionsFor(call, object, "").map(
              ({ value, label }) => html`<option value="${value}" label="${label}"></option>`,
            )
          : ""
      }
    </datalist>`;
}

function choices(field: FieldModel, records: NonNullable<FieldTrouble["choices"]>): SafeHtml {
  return html`<div class="boxes" role="radiogroup" aria-labelledby="${inputId(field)}-error">
    ${records.map(
      ({ id, label }) =>
        html`<label><input type="radio" name="${field.name}.choice" value="${id}" /> ${label}</label>`,
    )}
  </div>`;
}
