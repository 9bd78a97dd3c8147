import { recordPath } from "./addresses";
import { html, type SafeHtml } from "./html";
import { nameOf, type PageCall } from "./page-call";
import type { FieldModel, Row } from "../model/types";

const DASH = html`<span class="empty">—</span>`;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** One field of a record as a person reads it. */
export function shownValue(call: PageCall, row: Row, field: FieldModel): SafeHtml {
  if (field.type === "address") return address(call, row, field);
  const value = row[field.name] ?? null;
  if (value === null) return DASH;
  switch (field.type) {
    case "boolean":
      return html`<span
        class="check ${value === true ? "on" : ""}"
        role="img"
        aria-label="${value === true ? "Yes" : "No"}"
      ></span>`;
    case "reference":
      return recordLink(call, String(value));
    case "email":
      return html`<a href="mailto:${value}">${value}</a>`;
    case "phone":
      return html`<a href="tel:${String(value).replaceAll(/[^\d+]/g, "")}">${value}</a>`;
    case "url":
      return link(String(value));
    case "datetime":
      return html`${readableDateTime(String(value))}`;
    case "date":
      return html`${readableDate(String(value))}`;
    case "time":
      return html`${String(value).slice(0, 5)}`;
    case "double":
    case "currency":
      return html`${readableNumber(Number(value), field.scale)}`;
    case "percent":
      return html`${readableNumber(Number(value), field.scale)}%`;
    case "picklist":
      return html`<span class="text">${labelOf(field, String(value))}</span>`;
    case "multipicklist":
      return html`${String(value)
        .split(";")
        .map((part) => labelOf(field, part))
        .join("; ")}`;
    case "combobox":
    case "id":
    case "int":
    case "string":
    case "textarea":
      return html`<span class="text">${value}</span>`;
  }
}

/** The label as pages show it: a lookup without the "ID" that describe has, states and countries without "Code". */
export function shownLabel(field: FieldModel): string {
  if (/(?:State|Country)Code$/.test(field.name)) return field.label.replace(/ Code$/, "");
  return field.type === "reference" ? field.label.replace(/ ID$/, "") : field.label;
}

/** A link to a record, with its name; the bare id where the record is gone or may not be seen. */
export function recordLink(call: PageCall, id: string): SafeHtml {
  const object = call.schema.ofId(id);
  const row = object && call.org.store.table(object).get(id);
  if (!object || !row || row.IsDeleted) return html`<span class="text">${id}</span>`;
  return html`<a href="${recordPath(object.name, id)}">${nameOf(object, row)}</a>`;
}

/** The label of a picklist value; the value itself where the list does not know it. */
export function labelOf(field: FieldModel, value: string): string {
  return field.picklistValues.find((entry) => entry.value === value)?.label ?? value;
}

function link(value: string): SafeHtml {
  const address = /^https?:\/\//i.test(value) ? value : `http://${value}`;
  return html`<a href="${address}" rel="noreferrer">${value}</a>`;
}

function address({ schema }: PageCall, row: Row, field: FieldModel): SafeHtml {
  const prefix = field.name.replace(/Address$/, "");
  const part = (name: string): string => {
    const partField = schema.ofId(String(row.Id))?.field(prefix + name);
    return partField ? labelOf(partField, String(row[prefix + name] ?? "")) : "";
  };
  const town = [part("PostalCode"), part("City")].filter((text) => text !== "").join(" ");
  const region = part("StateCode") || part("State");
  const country = part("CountryCode") || part("Country");
  const lines = [part("Street"), town, region, country].filter((line) => line !== "");
  return lines.length === 0 ? DASH : html`<span class="text">${lines.join("\n")}</span>`;
}

function readableNumber(value: number, scale: number): string {
  return value.toLocaleString("en-GB", {
    minimumFractionDigits: Math.min(scale, 2),
    maximumFractionDigits: scale,
  });
}

function readableDate(date: string): string {
  const [year = "", month = "", day = ""] = date.slice(0, 10).split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ""} ${year}`;
}

export function readableDateTime(text: string): string {
  return `${readableDate(text)}, ${text.slice(11, 16)} UTC`;
}
