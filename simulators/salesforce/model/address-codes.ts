import { COUNTRIES, type Territory } from "./countries";
import { picklist, picklistValue } from "./field-builders";
import { STATES } from "./states";
import type { FieldModel, PicklistValueModel } from "./types";

const CODE_LENGTH = 10;
const COUNTRIES_BY_NAME = COUNTRIES.toSorted(byName);
const COUNTRY_VALUES = COUNTRIES_BY_NAME.map(({ code, name }) => picklistValue(code, name));
const STATE_VALUES = stateValues();

/** `…StateCode` and `…CountryCode`, which stand beside the texts where an org has state and country picklists. */
export function addressCodes(prefix: string, labelPrefix: string): FieldModel[] {
  const countryField = `${prefix}CountryCode`;
  return [
    picklist(`${prefix}StateCode`, `${labelPrefix}State/Province Code`, CODE_LENGTH, STATE_VALUES, {
      restrictedPicklist: true,
      controllerName: countryField,
    }),
    picklist(countryField, `${labelPrefix}Country Code`, CODE_LENGTH, COUNTRY_VALUES, {
      restrictedPicklist: true,
    }),
  ];
}

/** Every state of every country, so that one code may be there several times (CA: California, Cagliari). */
function stateValues(): PicklistValueModel[] {
  return COUNTRIES_BY_NAME.flatMap(({ code }, position) =>
    (STATES[code] ?? []).map((state) => ({ state, validFor: bit(position) })),
  )
    .sort((a, b) => byName(a.state, b.state))
    .map(({ state, validFor }) => picklistValue(state.code, state.name, { validFor }));
}

function byName(a: Territory, b: Territory): number {
  return a.name < b.name ? -1 : 1;
}

/** The bit of one controlling value, the first value's bit first, in base64 (SOAP API guide, `validFor`). */
function bit(position: number): string {
  const bytes = Buffer.alloc(Math.ceil(COUNTRIES.length / 8));
  bytes.writeUInt8(0x80 >> (position & 7), position >> 3);
  return bytes.toString("base64");
}
