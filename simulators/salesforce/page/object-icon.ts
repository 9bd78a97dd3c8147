import { html, type SafeHtml } from "./html";
import { layoutOf } from "./layouts";
import type { Schema, SObject } from "../model/schema";

const ICON_PATH = /^\/img\/icon\/t4\/(?:standard|custom)\/(\w+)\.svg$/;

/** The coloured square that stands for an object. */
export function objectIcon(object: SObject): SafeHtml {
  const { icon, color } = layoutOf(object);
  return html`<span class="icon" style="background:${color}" aria-hidden="true">${icon}</span>`;
}

/** Where the icon of an object can be fetched, at the kind of address that Salesforce has for it. */
export function iconPath(object: SObject): string {
  const kind = object.model.custom ? "custom" : "standard";
  return `/img/icon/t4/${kind}/${object.name.toLowerCase()}.svg`;
}

/** The picture at an icon's address; undefined for another address. */
export function iconAt(schema: Schema, path: string): string | undefined {
  const object = schema.find(ICON_PATH.exec(path)?.[1] ?? "");
  if (!object) return undefined;
  const { icon, color } = layoutOf(object);
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">
    <rect width="100" height="100" rx="12" fill="${color}" />
    <text x="50" y="70" font-family="Arial" font-size="56" font-weight="700" text-anchor="middle" fill="#fff">
      ${icon}
    </text>
  </svg>`.text;
}
