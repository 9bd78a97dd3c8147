import { html, type SafeHtml } from "./html";
import type { FieldModel, Row } from "../model/types";
import type { Org } from "../org/org";

const DASH = html`<span class="empty">—</span>`;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** One field of a record as a person reads it. */
export function shownValue(org: Org, row: Row, field: FieldModel): SafeHtml {
  if (field.type === "address") return address(row, field);
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
      return recordLink(org, String(value));
    case "email":
      return html`<a href="mailto:${value}">${value}</a>`;
    case "datetime":
      return html`${readableDateTime(String(value))}`;
    case "date":
      return html`${readableDate(String(value))}`;
    case "double":
    case "currency":
      return html`${Number(value).toLocaleString("en-GB", {
        minimumFractionDigits: Math.min(field.scale, 2),
        maximumFractionDigits: field.scale,
      })}`;
    case "id":
    case "int":
    case "phone":
    case "picklist":
    case "string":
    case "textarea":
    case "url":
      return html`<span class="text">${value}</span>`;
  }
}

/** The label as pages show it: a lookup without the "ID" that describe has. */
export function shownLabel(field: FieldModel): string {
  return field.type === "reference" ? field.label.replace(/ ID$/, "") : field.label;
}

/** A link to a record, with its name; the bare id where the record is gone. */
export function recordLink(org: Org, id: string): SafeHtml {
  const object = org.schema.ofId(id);
  const row = object && org.store.table(object).get(id);
  if (!object || !row || row.IsDeleted) return html`<span class="text">${id}</span>`;
  return html`<a href="${recordPath(object.name, id)}">${row.Name ?? id}</a>`;
}

export function recordPath(objectName: string, id: string): string {
  return `/lightning/r/${objectName}/${id}/view`;
}

function address(row: Row, field: FieldModel): SafeHtml {
  const part = (name: string) => row[field.name.replace(/Address$/, name)] ?? "";
  const town = [part("PostalCode"), part("City")].filter((text) => text !== "").join(" ");
  const lines = [part("Street"), town, part("State"), part("Country")].filter((line) => line !== "");
  return lines.length === 0 ? DASH : html`<span class="text">${lines.join("\n")}</span>`;
}

function readableDate(date: string): string {
  const [year = "", month = "", day = ""] = date.slice(0, 10).split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ""} ${year}`;
}

function readableDateTime(text: string): string {
  return `${readableDate(text)}, ${text.slice(11, 16)} UTC`;
}
