import type { RestCall, RestReply, Route } from "../http/messages";
import type { SObject } from "../model/schema";
import { listPath } from "../page/addresses";
import { isTabbed, layoutOf } from "../page/layouts";
import { iconPath } from "../page/object-icon";

/** `/tabs` and `/theme`: what the org's pages look like (REST API guide, "Tabs" and "Themes"). */
export const tabRoutes: Route[] = [
  { method: "GET", pattern: /^\/tabs\/?$/, handle: tabs, composable: true },
  { method: "GET", pattern: /^\/theme\/?$/, handle: theme, composable: true },
];

function tabs({ schema, request: { origin } }: RestCall): RestReply {
  const body = schema.objects.filter(isTabbed).map((object) => {
    const [icon] = iconsOf(object, origin);
    return {
      colors: colorsOf(object),
      custom: object.model.custom,
      iconUrl: icon?.url,
      icons: iconsOf(object, origin),
      label: object.model.labelPlural,
      miniIconUrl: icon?.url,
      name: object.model.custom ? object.name : `standard-${object.name}`,
      sobjectName: object.name,
      timeSlices: null,
      url: `${origin}${listPath(object.name)}`,
    };
  });
  return { status: 200, body };
}

function theme({ schema, request: { origin } }: RestCall): RestReply {
  const themeItems = schema.objects.filter(isTabbed).map((object) => ({
    colors: colorsOf(object),
    icons: iconsOf(object, origin),
    name: object.name,
  }));
  return { status: 200, body: { themeItems } };
}

function colorsOf(object: SObject) {
  const color = layoutOf(object).color.replace("#", "").toUpperCase();
  return [{ color, context: "primary", theme: "theme4" }];
}

function iconsOf(object: SObject, origin: string) {
  const url = `${origin}${iconPath(object)}`;
  return [{ contentType: "image/svg+xml", height: 0, theme: "theme4", url, width: 0 }];
}
