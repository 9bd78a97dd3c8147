import { COUNTRIES, type Territory } from "./countries";
import { STATES } from "./states";

/** Looks a country or state up by its code or its name, without regard to case. */
export interface TerritoryList {
  byCode: (code: string) => Territory | undefined;
  byName: (name: string) => Territory | undefined;
}

function listOf(territories: readonly Territory[]): TerritoryList {
  const codes = new Map(territories.map((territory) => [territory.code.toLowerCase(), territory]));
  const names = new Map(territories.map((territory) => [territory.name.toLowerCase(), territory]));
  return {
    byCode: (code) => codes.get(code.toLowerCase()),
    byName: (name) => names.get(name.toLowerCase()),
  };
}

export const COUNTRY_LIST = listOf(COUNTRIES);

const NO_STATES = listOf([]);
const STATE_LISTS = new Map(Object.entries(STATES).map(([code, states]) => [code, listOf(states)]));

/** The states of a country; none for most. */
export function statesOf(countryCode: string): TerritoryList {
  return STATE_LISTS.get(countryCode) ?? NO_STATES;
}

const STATE_CODES = new Set(
  Object.values(STATES)
    .flat()
    .map((state) => state.code.toLowerCase()),
);

/** Whether any country has a state of this code. */
export function isStateCode(code: string): boolean {
  return STATE_CODES.has(code.toLowerCase());
}
