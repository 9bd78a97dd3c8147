import type { Change } from "./change";
import { FORECAST_CATEGORIES, OPPORTUNITY_STAGES } from "../model/opportunity-stages";
import type { Value } from "../model/types";

/**
 * What an opportunity's stage, amount and close date say of it (Object reference, "Opportunity"): probability and
 * forecast category follow the stage unless given, the rest always. A stage outside the list is open with 0 %.
 * @param now as Salesforce prints datetimes
 */
export function opportunityValues(
  { kind, before, after, given }: Change,
  now: string,
): Record<string, Value> {
  const isGiven = (name: string) =>
    (after[name] ?? null) !== null && [...given].some((field) => field.name === name);
  const stage = OPPORTUNITY_STAGES.find(({ name }) => name === after.StageName);
  const isMoved = kind === "insert" || before?.StageName !== after.StageName;
  const ofStage = (name: string, value: Value): Value =>
    isMoved && !isGiven(name) ? value : (after[name] ?? null);
  const probability = ofStage("Probability", stage?.probability ?? 0);
  const category = ofStage("ForecastCategoryName", stage?.forecastCategoryName ?? "Omitted");
  return {
    Probability: probability,
    ForecastCategoryName: category,
    ForecastCategory: FORECAST_CATEGORIES.find(({ label }) => label === category)?.value ?? "Omitted",
    IsClosed: stage?.isClosed ?? false,
    IsWon: stage?.isWon ?? false,
    ExpectedRevenue: expectedRevenue(after.Amount, probability),
    ...fiscalPeriod(after.CloseDate),
    ...(kind === "update" && isMoved ? { LastStageChangeDate: now } : {}),
  };
}

function expectedRevenue(amount: Value | undefined, probability: Value): Value {
  if (typeof amount !== "number" || typeof probability !== "number") return null;
  return Math.round(amount * probability) / 100;
}

/** The quarter of the close date; the fiscal year of this org starts in January. */
function fiscalPeriod(closeDate: Value | undefined): Record<string, Value> {
  const match = /^(\d{4})-(\d{2})/.exec(typeof closeDate === "string" ? closeDate : "");
  if (!match) return { FiscalYear: null, FiscalQuarter: null, Fiscal: null };
  const quarter = Math.ceil(Number(match[2]) / 3);
  return { FiscalYear: Number(match[1]), FiscalQuarter: quarter, Fiscal: `${match[1] ?? ""} ${quarter}` };
}
