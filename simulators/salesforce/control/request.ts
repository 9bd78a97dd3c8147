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
  /** Names that the body may hold; any, where the handler checks them itself. */
  takes?: readonly string[];
  handle: (request: ControlRequest) => unknown;
}

/** A misspelt name must not pass for a wish fulfilled. @throws ControlError for a name that is not among these */
export function refuseOtherNames(body: ControlRequest["body"], taken: readonly string[]): void {
  const stranger = Object.keys(body).find((name) => !taken.includes(name));
  if (stranger === undefined) return;
  throw new ControlError(
    taken.length === 0
      ? `This call takes nothing, so "${stranger}" neither.`
      : `There is no "${stranger}" here, only ${taken.join(", ")}.`,
  );
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
