import { apiError, invalidValue } from "./errors";
import type { JsonObject } from "../resources/json-body";

/** The properties of a request body, all of them texts. */
export type Properties = Readonly<Partial<Record<string, string>>>;

/**
 * Reads properties by the names a resource knows.
 * @throws ApiError API_ERROR for another name, and for a value that is no text (recorded: "Value does not match
 * expected type at [line:1, column:22]")
 */
export function readProperties(body: JsonObject, known: readonly string[], bodyText: string): Properties {
  const properties: Partial<Record<string, string>> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!known.includes(name)) throw apiError(`Unrecognized property: '${name}'`);
    if (value === null) continue;
    if (typeof value !== "string") {
      throw apiError(`Value does not match expected type at ${locationOf(name, bodyText)}`);
    }
    properties[name] = value;
  }
  return properties;
}

function locationOf(name: string, bodyText: string): string {
  const at = bodyText.indexOf(":", bodyText.indexOf(`"${name}"`)) + 1;
  const spaces = /^\s*/.exec(bodyText.slice(at))?.[0].length ?? 0;
  const before = bodyText.slice(0, at + spaces).split("\n");
  return `[line:${before.length}, column:${(before.at(-1)?.length ?? 0) + 1}]`;
}

/** A property that has one of some values. @throws ApiError API_ERROR for another value */
export function choiceOf<Choice extends string>(
  properties: Properties,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  const value = properties[name] ?? otherwise;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw invalidValue(name, value);
  return choice;
}

/** @throws ApiError API_ERROR when the property is missing, or has none of the values */
export function requiredChoice<Choice extends string>(
  properties: Properties,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = properties[name];
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw invalidValue(name, value ?? "");
  return choice;
}
