/** Whether edits of a line's field in Salesforce go back to S-360, as an admin reads and chooses it. Pure. */
import { parsedExpression } from "@/lib/core/mapping/expression/parsed";
import type { MappingLine } from "@/lib/core/mapping/document";
import { goesBack, inverseOf, oneWay } from "@/lib/core/mapping/back/inverse";
import type { FieldType } from "@/lib/core/side";
import type { Kind } from "@/lib/core/words";
import type { TargetField } from "@/lib/mappings/contract";
import type { Inverse } from "@/lib/core/mapping/back/inverse-form";
import { inverseSentence } from "./inverse-words";
import { doubtOfWayBack } from "../expressions/name-doubts";
import type { EditorSource } from "../source/source";
import { shownName } from "../names";
import type { TargetFields } from "../target-fields";
import type { Choice } from "../lines/policies";

export type WayBack =
  /** What becomes of an edit, in a sentence. */
  | { readonly outcome: "possible"; readonly sentence: string }
  /** It is sent to S-360, and likely to nothing that S-360 keeps: why, in sentences. */
  | { readonly outcome: "doubtful"; readonly sentence: string }
  /** Why it is not, in a sentence. */
  | { readonly outcome: "impossible"; readonly sentence: string }
  /** The expression cannot be read as it stands: it is being typed. */
  | { readonly outcome: "unknown" };

/**
 * What could be, whatever the line's switch says. Without a field (the org was never asked) its type is not judged; until it
 * is known what S-360 sends and which value maps there are, neither are they.
 */
export function wayBackOf(
  line: MappingLine,
  kind: Kind,
  field: TargetField | null,
  source: EditorSource,
): WayBack {
  if (!goesBack(kind)) return impossible("sales are never changed from Salesforce");
  const answer = inverseOf(line.expression, field && { type: judgedType(field) });
  if (!answer.ok) {
    const readable = parsedExpression(line.expression).ok;
    return readable ? { outcome: "impossible", sentence: answer.sentence } : { outcome: "unknown" };
  }
  if (line.reference) return impossible("its value points to another record");
  if (line.when === "create") return impossible("it is written only on new records");
  if (line.when === "blank") return impossible("it is written only while the field is empty");
  const map = missingMapOf(answer.inverse, source);
  if (map !== null) return impossible(`there is no value map “${map}”`);
  const doubt = doubtOfWayBack(line, source);
  if (doubt !== null) return { outcome: "doubtful", sentence: doubt };
  return { outcome: "possible", sentence: inverseSentence(answer.inverse) };
}

function missingMapOf(inverse: Inverse, { overview, valueMaps }: EditorSource): string | null {
  if (overview === null || inverse.form !== "value" || inverse.conversion.by !== "valueMap") return null;
  const { name } = inverse.conversion;
  return valueMaps.includes(name) ? null : name;
}

/** Why a line that is switched to go both ways cannot; null when it can, or is not. */
export function wayBackProblem(
  line: MappingLine,
  kind: Kind,
  field: TargetField | null,
  source: EditorSource,
): string | null {
  if (!line.twoWay) return null;
  const answer = wayBackOf(line, kind, field, source);
  return answer.outcome === "impossible" ? answer.sentence : null;
}

/** Whether a sentence that was found on the server says what the page found itself; the server adds what to do. */
export function saysSame(found: string, problem: string | null): boolean {
  return problem !== null && found.startsWith(withoutStop(problem));
}

/** The problem with what to do about it, in the words of the editor. */
export function withAdvice(problem: string): string {
  return `${withoutStop(problem)}; let its edits stay in Salesforce, or write an expression that can go back.`;
}

export type EditsChoice = "back" | "stay";

export const editsChoices: readonly Choice<EditsChoice>[] = [
  { value: "back", label: "Go back to S-360" },
  { value: "stay", label: "Stay in Salesforce" },
];

/** What choosing this changes. Whose value stays is asked of lines that go both ways only, and kept for no other. */
export function chooseEdits(choice: EditsChoice): Partial<MappingLine> {
  return choice === "back" ? { twoWay: true } : { twoWay: false, owner: undefined };
}

/** A line whose edits stay in Salesforce though they could go back, and what would become of them there. */
export interface WayBackOffer {
  readonly uid: number;
  readonly name: string;
  readonly sentence: string;
}

/** Of lines as they are open, in their order: those that could go both ways and do not. */
export function wayBackOffers(
  lines: readonly { readonly uid: number; readonly line: MappingLine }[],
  kind: Kind,
  fields: Pick<TargetFields, "get">,
  source: EditorSource,
): readonly WayBackOffer[] {
  return lines.flatMap(({ uid, line }) => {
    const field = fields.get(line.target) ?? null;
    if (line.twoWay || typeof field?.notWritable === "string") return [];
    const answer = wayBackOf(line, kind, field, source);
    if (answer.outcome !== "possible") return [];
    return [{ uid, name: field?.label ?? shownName(line.target), sentence: answer.sentence }];
  });
}

export type OwnerChoice = "rules" | "s360" | "salesforce";

export const ownerChoices: readonly Choice<OwnerChoice>[] = [
  { value: "rules", label: "As the rules say" },
  { value: "s360", label: "S-360’s value stays" },
  { value: "salesforce", label: "Salesforce’s value stays" },
];

export function ownerChoiceOf({ owner }: MappingLine): OwnerChoice {
  return owner ?? "rules";
}

export function chooseOwner(choice: OwnerChoice): Partial<MappingLine> {
  return { owner: choice === "rules" ? undefined : choice };
}

const ownerWords: Record<OwnerChoice, string> = {
  rules: "as the rules say",
  s360: "S-360’s value stays",
  salesforce: "Salesforce’s value stays",
};

/** What is special about a line that goes both ways, in a few words; nothing for the usual. */
export function ownerRules(line: MappingLine): string[] {
  return line.twoWay && line.owner ? [`Both changed: ${ownerWords[line.owner]}`] : [];
}

/** What a line says of the way back that the other line does not; without another, what is not usual. */
export function wayBackWords(line: MappingLine, other: MappingLine | null): string[] {
  const words: string[] = [];
  if (line.twoWay !== (other?.twoWay ?? false)) {
    words.push(line.twoWay ? "Edits in Salesforce go back to S-360" : "Edits in Salesforce stay there");
  }
  if (line.owner !== other?.owner) {
    words.push(`When both sides changed it: ${ownerWords[ownerChoiceOf(line)]}`);
  }
  return words;
}

function impossible(reason: string): WayBack {
  return { outcome: "impossible", sentence: oneWay(reason).sentence };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** Types no value goes back from, known by the words in which a target tells them; every other is as good as text. */
const toldTypes: ReadonlyMap<string, FieldType> = new Map([
  ["multi-select picklist", "multipicklist"],
  ["id", "id"],
  ["other", "other"],
]);

function judgedType({ type, referenceTo }: TargetField): FieldType {
  return referenceTo.length > 0 ? "reference" : (toldTypes.get(type) ?? "text");
}
