import { failure, type FailedSave } from "./save-result";
import type { SObject } from "../model/schema";

/** What every row of a transaction gets whose triggers ran for too long. */
export function apexLimitFailure({ model }: SObject): FailedSave {
  return failure(
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
    `${model.label}Trigger: System.LimitException: Apex CPU time limit exceeded`,
  );
}
