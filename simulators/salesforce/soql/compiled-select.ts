import type { FieldType } from "@jetstreamapp/soql-parser-js";
import type { QueryContext } from "./context";
import type { Page } from "./query-list";
import type { Row } from "../model/types";

/** One property of an answered record. */
export interface Entry {
  readonly key: string;
  readonly read: (row: Row, page: Page) => unknown;
}

/** A SELECT list that gives one record per row. */
export interface CompiledSelect {
  /** Names of the columns as a table would head them: `Id`, `Account.Name`. */
  readonly columns: readonly string[];
  readonly record: (row: Row, page: Page) => unknown;
}

/** For what holds a SELECT list of its own. */
export type CompileSelect = (
  context: QueryContext,
  fields: readonly FieldType[],
  limit: number | undefined,
) => CompiledSelect;
