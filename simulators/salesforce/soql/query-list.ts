/** Results that are made page by page: those of a query, or the children of one record. */
export interface QueryList {
  readonly totalSize: number;
  /** How many records there are to fetch; none for `COUNT()`. */
  readonly rowCount: number;
  readonly page: (start: number, pages: Pages) => MadePage;
}

/** The records from some place on that fill one page. */
export interface MadePage {
  readonly records: unknown[];
  /** Where the next page starts. */
  readonly end: number;
  /** Rows in the page, those of children among them. */
  readonly rows: number;
}

/** How results are cut into pages. */
export interface Pages {
  /** Rows of one page, child rows among them. */
  readonly size: number;
  /** Keeps the rest of a list that begins at `start` for later; gives the URL of its next page. */
  readonly keep: (list: QueryList, start: number) => string;
}

/** The page that is being made. */
export interface Page extends Pages {
  /** Rows in it so far. */
  rows: number;
}

/** A list over rows in memory; each row's record is made when its page is. */
export function listOf<Row>(rows: readonly Row[], record: (row: Row, page: Page) => unknown): QueryList {
  return {
    totalSize: rows.length,
    rowCount: rows.length,
    page: (start, pages) => {
      const page = { ...pages, rows: 0 };
      const records: unknown[] = [];
      let end = start;
      for (; end < rows.length && page.rows < page.size; end++) {
        const row = rows[end];
        if (row === undefined) break;
        page.rows += 1;
        records.push(record(row, page));
      }
      return { records, end, rows: page.rows };
    },
  };
}
