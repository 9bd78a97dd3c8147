/** The policies of a line as an admin reads and chooses them. */
import type { MappingLine } from "@/lib/core/mapping/document";
import type { Unread } from "../draft/content";
import { shownName } from "../names";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export type MissingChoice = "leave" | "clear" | "default" | "default-new" | "required";

export const missingChoices: readonly Choice<MissingChoice>[] = [
  { value: "leave", label: "Leave it, unless S-360 says it is empty" },
  { value: "clear", label: "Clear it" },
  { value: "default", label: "Write a default value" },
  { value: "default-new", label: "Write a default value on new records" },
  { value: "required", label: "Hold the record and say why" },
];

export type InvalidChoice = "hold" | "leave" | "default";

export const invalidChoices: readonly Choice<InvalidChoice>[] = [
  { value: "hold", label: "Hold the record until it is corrected" },
  { value: "leave", label: "Leave the field as it is" },
  { value: "default", label: "Write a default value" },
];

export const tooLongChoices: readonly Choice<MappingLine["tooLong"]>[] = [
  { value: "hold", label: "Hold the record" },
  { value: "cut", label: "Cut it to the length of the field" },
];

export const whenChoices: readonly Choice<MappingLine["when"]>[] = [
  { value: "always", label: "Whenever it changes in S-360" },
  { value: "create", label: "Only on new records" },
  { value: "blank", label: "Only if the field is empty in Salesforce" },
];

export function missingChoiceOf({ onMissing, required }: MappingLine): MissingChoice {
  if (typeof onMissing === "object") return onMissing.when === "create" ? "default-new" : "default";
  return required === undefined ? onMissing : "required";
}

export function invalidChoiceOf({ onInvalid }: MappingLine): InvalidChoice {
  return typeof onInvalid === "object" ? "default" : onInvalid;
}

type Changes = Partial<MappingLine>;

/** What choosing this changes; a default or sentence that was there is kept. */
export function chooseMissing(line: MappingLine, choice: MissingChoice, isBoolean: boolean): Changes {
  const known = typeof line.onMissing === "object" ? line.onMissing.default : isBoolean ? true : "";
  switch (choice) {
    case "leave":
    case "clear":
      return { onMissing: choice, required: undefined };
    case "default":
      return { onMissing: { default: known, when: "always" }, required: undefined };
    case "default-new":
      return { onMissing: { default: known, when: "create" }, required: undefined };
    case "required":
      return { onMissing: "leave", required: line.required ?? "" };
  }
}

export function chooseInvalid(line: MappingLine, choice: InvalidChoice, isBoolean: boolean): Changes {
  if (choice !== "default") return { onInvalid: choice };
  const known = typeof line.onInvalid === "object" ? line.onInvalid.default : isBoolean ? false : "";
  return { onInvalid: { default: known } };
}

/** What is special about a line, in a few words each; nothing for the usual. */
export function rulesOf(line: MappingLine): string[] {
  const { onMissing, onInvalid, tooLong, when, required, reference } = line;
  return [
    ...(required === undefined ? [] : ["Required: yes"]),
    ...(when === "create" ? ["Only on new records"] : []),
    ...(when === "blank" ? ["Only if empty"] : []),
    ...(reference ? [`Points to ${shownName(reference.object)}`] : []),
    ...(onMissing === "clear" ? ["Missing: clear"] : []),
    ...(typeof onMissing === "object"
      ? [`Missing: ${valueText(onMissing.default)}${onMissing.when === "create" ? " on new records" : ""}`]
      : []),
    ...(onInvalid === "leave" ? ["Invalid: leave"] : []),
    ...(typeof onInvalid === "object" ? [`Invalid: ${valueText(onInvalid.default)}`] : []),
    ...(tooLong === "cut" ? ["Too long: cut"] : []),
  ];
}

export function valueText(value: string | number | boolean | null): string {
  return value === null || value === "" ? "empty" : String(value);
}

/** What is still to be filled in before a line can be saved; null when nothing is. */
export function incompleteness(line: MappingLine, unread: Unread | null = null): string | null {
  if (unread?.cells) return "A value in its rows cannot be read yet. Correct it.";
  if (unread !== null) return "Its short form cannot be read yet. Correct it.";
  if (line.expression.trim() === "") return "Write where its value comes from, or remove the line.";
  if (line.required !== undefined && line.required.trim() === "") {
    return "Write the sentence that says what is missing.";
  }
  return null;
}
