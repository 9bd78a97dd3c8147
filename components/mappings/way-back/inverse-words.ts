/** What becomes of an edit in Salesforce on its way to S-360, as an admin reads it. Pure. */
import type { Conversion, Inverse } from "@/lib/core/mapping/back/inverse-form";
import type { Place } from "@/lib/core/mapping/back/inverse-place";

/** Such as "What people edit goes into address(main)/town." */
export function inverseSentence(inverse: Inverse): string {
  if (inverse.form === "lines")
    return `Its lines go one by one into ${listed(inverse.places.map(placeText))}.`;
  return `What people edit goes into ${placeText(inverse.place)}${conversionWords(inverse.conversion)}.`;
}

/** As short form writes paths of contacts. */
function placeText({ steps, member }: Place): string {
  const names = steps.map(({ name, where, first }) => {
    const conditions = where.map((one) => (one.test === "set" ? one.name : `${one.name}=${one.value}`));
    if (conditions.length > 0) return `${name}(${conditions.join(", ")})`;
    return first ? `${name}(1)` : name;
  });
  return [...names, member].join("/");
}

function conversionWords(conversion: Conversion): string {
  switch (conversion.by) {
    case "type":
      return "";
    case "valueMap":
      return `, as the value map “${conversion.name}” says the other way round`;
    case "opposite":
      return ", as its opposite";
    case "phone":
      return ", as a phone number";
    case "country":
      return ", as S-360’s code of the country";
    case "date":
    case "dateTime":
      return ", as S-360 writes dates";
    case "number":
      return ", as a number";
    case "money":
      return ", as S-360 writes amounts";
  }
}

function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}
