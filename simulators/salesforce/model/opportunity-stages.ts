import { picklistValue } from "./field-builders";

export interface StageModel {
  readonly name: string;
  /** Percent. */
  readonly probability: number;
  readonly isClosed: boolean;
  readonly isWon: boolean;
  /** A value of ForecastCategoryName. */
  readonly forecastCategoryName: string;
}

function open(name: string, probability: number): StageModel {
  return { name, probability, isClosed: false, isWon: false, forecastCategoryName: "Pipeline" };
}

/** Stages of a new org with what each says of an opportunity (setup page "Opportunity Stages"). */
export const OPPORTUNITY_STAGES: readonly StageModel[] = [
  open("Prospecting", 10),
  open("Qualification", 10),
  open("Needs Analysis", 20),
  open("Value Proposition", 50),
  open("Id. Decision Makers", 60),
  open("Perception Analysis", 70),
  open("Proposal/Price Quote", 75),
  open("Negotiation/Review", 90),
  { name: "Closed Won", probability: 100, isClosed: true, isWon: true, forecastCategoryName: "Closed" },
  { name: "Closed Lost", probability: 0, isClosed: true, isWon: false, forecastCategoryName: "Omitted" },
];

/** Values of ForecastCategory; the labels are the values of ForecastCategoryName (recorded describe). */
export const FORECAST_CATEGORIES = [
  picklistValue("Omitted"),
  picklistValue("Pipeline"),
  picklistValue("BestCase", "Best Case"),
  picklistValue("MostLikely", "Most Likely"),
  picklistValue("Forecast", "Commit"),
  picklistValue("Closed"),
];
