import { rowError, type RowError } from "../http/errors";

export interface FailedSave {
  success: false;
  /** Of a record that was there before, where the answer names it. */
  id?: string;
  errors: RowError[];
}

/** What became of one row. */
export type SaveResult = { success: true; id: string; created: boolean } | FailedSave;

/** A row that was not saved, for one reason. */
export function failure(statusCode: string, message: string, fields: string[] = []): FailedSave {
  return { success: false, errors: [rowError(statusCode, message, fields)] };
}
