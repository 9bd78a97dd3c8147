/** The characters between columns, by the names a job gives them (Bulk API 2.0 guide, "Create a Job"). */
export const DELIMITERS = {
  BACKQUOTE: "`",
  CARET: "^",
  COMMA: ",",
  PIPE: "|",
  SEMICOLON: ";",
  TAB: "\t",
} as const;

export const LINE_ENDS = { LF: "\n", CRLF: "\r\n" } as const;

export type ColumnDelimiter = keyof typeof DELIMITERS;
export type LineEnding = keyof typeof LINE_ENDS;
