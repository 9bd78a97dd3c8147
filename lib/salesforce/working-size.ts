/**
 * How much the org takes at a time. Five groups of 200 is a ceiling: slow triggers and governor limits bring it down,
 * clean calls bring it up again (design §7).
 */
export interface WorkingSize {
  /** Rows of this object in one group. */
  rows(object: string): number;
  /** Groups in one call. */
  groups(): number;
  /** The org's automation could not cope with a group of so many rows of this object. */
  tooManyRows(object: string, rows: number): void;
  /** A call with these objects took too long. */
  tooSlow(objects: Iterable<string>): void;
  /** A call went through without such trouble. */
  wentWell(): void;
}

const MAX_ROWS = 200;
const MAX_GROUPS = 5;
/** Clean calls before the next larger size is tried. */
const CLEAN_CALLS = 20;

export function createWorkingSize(): WorkingSize {
  const rowsByObject = new Map<string, number>();
  let groups = MAX_GROUPS;
  let clean = 0;
  const rows = (object: string): number => rowsByObject.get(object) ?? MAX_ROWS;

  const atMostHalf = (object: string, tooMany: number): void => {
    rowsByObject.set(object, Math.min(rows(object), Math.max(1, Math.ceil(tooMany / 2))));
  };
  const halveGroups = (): void => {
    groups = Math.max(1, Math.floor(groups / 2));
  };

  return {
    rows,
    groups: () => groups,
    tooManyRows(object, tooMany) {
      clean = 0;
      atMostHalf(object, tooMany);
      // Nothing says that the org counts its limits per group and not per call.
      halveGroups();
    },
    tooSlow(objects) {
      clean = 0;
      if (groups > 1) halveGroups();
      else for (const object of new Set(objects)) atMostHalf(object, rows(object));
    },
    wentWell() {
      clean += 1;
      if (clean < CLEAN_CALLS) return;
      clean = 0;
      groups = Math.min(MAX_GROUPS, groups + 1);
      for (const [object, size] of rowsByObject) rowsByObject.set(object, Math.min(MAX_ROWS, size * 2));
    },
  };
}
