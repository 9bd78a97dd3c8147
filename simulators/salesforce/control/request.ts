import { ControlError } from "./errors";
import type { OrgHolder } from "../org/org-holder";

export interface ControlRequest {
  holder: OrgHolder;
  query: URLSearchParams;
  /** The JSON object of the request, empty when there was no body. */
  body: Readonly<Record<string, unknown>>;
}

export interface ControlRoute {
  method: string;
  path: string;
  handle: (request: ControlRequest) => unknown;
}

/** @throws ControlError when the field is no text */
export function textOf(body: ControlRequest["body"], name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ControlError(`"${name}" must be a text.`);
}

/** @throws ControlError when the field is there and no text */
export function optionalText(body: ControlRequest["body"], name: string): string | undefined {
  return body[name] === undefined ? undefined : textOf(body, name);
}

/** @throws ControlError unless the field is a whole number in these bounds */
export function wholeNumber(
  body: ControlRequest["body"],
  name: string,
  least: number,
  most: number,
  otherwise?: number,
): number {
  const value = body[name] ?? otherwise;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ControlError(`"${name}" must be a whole number from ${least} to ${most}.`);
}
