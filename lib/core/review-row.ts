/** The form of what a person reads of a kind of review. */
import type { ReviewChoice } from "./reviews";

export interface ChoiceRow {
  readonly choice: ReviewChoice;
  /** The words on the button. */
  readonly label: string;
  /** What it does, and what it does not. */
  readonly sentence: string;
  readonly look: "brand" | "neutral" | "destructive";
  /** Asked again before it is done. */
  readonly confirm?: true;
}

export interface ReviewTableRow {
  readonly title: string;
  /** What has happened and why nobody but a person can go on. */
  readonly explanation: string;
  readonly choices: readonly ChoiceRow[];
}

/** For what is only told. */
export const dismissOnly = (sentence: string): readonly ChoiceRow[] => [
  { choice: "dismiss", label: "Done", sentence, look: "brand" },
];
