/** Lines `Field = value` as they are pasted into a mapping: from S-360's own screen, a page, a mail or a spreadsheet. */
import { listLimit, tooLong, withinLimit, type ListEntry, type ReadList } from "./list-entry";

const byteOrderMark = /^\uFEFF/;
/** What web pages put between letters, and nobody sees. */
const invisible = /[\u200B\u200C\u2060]/g;
const comment = /^\s*(#|\/\/)/;

/** Blank lines and comments (`#`, `//`) say nothing; every other line is an entry, also one that cannot be read. */
export function readPastedLines(text: string): ReadList {
  if (text.length > listLimit) return tooLong;
  const lines = text.replace(byteOrderMark, "").split(/\r\n|\r|\n/);
  const entries = lines.flatMap((line, index) => {
    const isSilent = line.replace(invisible, "").trim() === "" || comment.test(line);
    return isSilent ? [] : [entryOf(line, index + 1)];
  });
  return withinLimit({ entries, problems: [], notes: [] });
}

function entryOf(line: string, at: number): ListEntry {
  const cut = placeOfCut(line);
  const text = line.trim();
  const usual = { at, text, language: null, policies: {}, isBareAmountMeant: true } as const;
  if (cut === null) {
    const sentence =
      "This is no line of a mapping: it has no =. A line is a field, = and the value: Name = operation.product.";
    return { ...usual, name: "", source: null, sourceAt: null, problem: { sentence } };
  }
  const name = line.slice(0, cut.from).replace(invisible, "").trim();
  const rest = line.slice(cut.to);
  const source = rest.replace(invisible, "").trim();
  const sourceAt = cut.to + rest.length - rest.trimStart().length + 1;
  if (name !== "") return { ...usual, name, source, sourceAt };
  const sentence = "The name of the Salesforce field is missing before the =.";
  return { ...usual, name, source, sourceAt, problem: { sentence } };
}

/** At the first `=`; two cells of a spreadsheet have a tab between them instead. */
function placeOfCut(line: string): { readonly from: number; readonly to: number } | null {
  const sign = line.indexOf("=");
  const cells = /^\s*[^\s=][^\t=]*\t[\t ]*=?/.exec(line)?.[0];
  if (cells !== undefined && (sign === -1 || sign >= cells.length))
    return { from: cells.length, to: cells.length };
  return sign === -1 ? null : { from: sign, to: sign + 1 };
}
