import type { ParsedQuery } from "./parse";
import type { QuerySource } from "./source";
import type { UserSettings } from "./user-settings";
import type { Schema, SObject } from "../model/schema";
import type { Org } from "../org/org";

/** What one SELECT is compiled against: the query as a whole, or one inside it. */
export interface QueryContext {
  readonly org: Org;
  /** What the user may see of the org. */
  readonly schema: Schema;
  /** The object after FROM. */
  readonly object: SObject;
  readonly source: QuerySource;
  /** Paths that names given in FROM stand for, by name in lower case; the empty path is the queried object itself. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Functions that stand in ORDER BY, ROLLUP and CUBE, by the name that was put in their place. */
  readonly functions: ParsedQuery["functions"];
  /** `62` for v62.0. */
  readonly version: number;
  readonly includeDeleted: boolean;
  readonly user: UserSettings;
  /** When the query started; every date literal of it is measured from here. */
  readonly now: Date;
  readonly used: UsedRelationships;
  /** How many levels of child queries lie above this one. */
  readonly depth: number;
}

/** The relationships that the whole query uses so far, to be held against its limits. */
export interface UsedRelationships {
  /** Paths to parents. */
  readonly parents: Set<string>;
  /** Child queries. */
  children: number;
}
