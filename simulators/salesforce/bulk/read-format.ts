import { DELIMITERS, LINE_ENDS, type ColumnDelimiter, type LineEnding } from "./csv-format";
import { choiceOf, type Properties } from "./properties";

/** Properties that jobs of both kinds may be created with. */
export const FORMAT_PROPERTIES = ["columnDelimiter", "concurrencyMode", "contentType", "lineEnding"];

const DELIMITER_NAMES = Object.keys(DELIMITERS) as ColumnDelimiter[];
const LINE_END_NAMES = Object.keys(LINE_ENDS) as LineEnding[];

/** How a job's CSV is written; CSV and Parallel are all there is. @throws ApiError API_ERROR */
export function readFormat(properties: Properties): {
  columnDelimiter: ColumnDelimiter;
  lineEnding: LineEnding;
} {
  choiceOf(properties, "contentType", ["CSV"], "CSV");
  choiceOf(properties, "concurrencyMode", ["Parallel"], "Parallel");
  return {
    columnDelimiter: choiceOf(properties, "columnDelimiter", DELIMITER_NAMES, "COMMA"),
    lineEnding: choiceOf(properties, "lineEnding", LINE_END_NAMES, "LF"),
  };
}
