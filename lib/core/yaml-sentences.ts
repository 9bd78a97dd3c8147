/** What the YAML parser refuses, in words for people who never heard of its grammar. */
import type { ErrorCode } from "yaml";

const several = "A second document begins here (---). Keep one of them.";
const notReadable =
  "This cannot be read here. Put the text in quotes, or look at the line above: a quote or bracket may be open, or the spaces before it differ.";
const oddSpaces =
  "The spaces before this line do not fit the lines around it. Begin it below the first letter of its neighbours; what belongs to a key is two spaces further in.";
const secondColon =
  "There is a second colon in this line, or it is further in than the line above. Put the text after the first colon in quotes, or move the line.";
const anchors = "Marks with & and * are not used properly here. Write out what they stand for.";
const tags = "A mark with ! has no place here. Take it out.";

const sentences: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: anchors,
  BAD_ALIAS: anchors,
  BAD_COLLECTION_TYPE: tags,
  BAD_DIRECTIVE: "A line that begins with % has no meaning here. Take it out.",
  BAD_DQ_ESCAPE: "The backslash in this text has no meaning. Write two of them, or use single quotes.",
  BAD_INDENT: oddSpaces,
  BAD_PROP_ORDER: tags,
  BAD_SCALAR_START: "This text begins with a sign that YAML keeps for itself. Put it in quotes.",
  BLOCK_AS_IMPLICIT_KEY: secondColon,
  BLOCK_IN_FLOW: "A list with - or a key has no place within brackets. Write one way or the other.",
  DUPLICATE_KEY: "This key is there twice. Keep one of them.",
  IMPOSSIBLE: notReadable,
  KEY_OVER_1024_CHARS: "The text before the colon is too long for a name.",
  MISSING_CHAR: "Something is missing here: a colon and a space after a name, or the end of a bracket.",
  MULTILINE_IMPLICIT_KEY:
    "This line has no colon, or a text goes on over several lines. Write a name, a colon, a space and what it is; put a longer text in quotes.",
  MULTIPLE_ANCHORS: anchors,
  MULTIPLE_DOCS: several,
  MULTIPLE_TAGS: tags,
  NON_STRING_KEY: "The name before the colon must be a text. Put it in quotes.",
  RESOURCE_EXHAUSTION: "The file is too deeply nested or repeats itself too often. Make it simpler.",
  TAB_AS_INDENT: "Tabs are not allowed before a name. Use spaces, two for each step.",
  TAG_RESOLVE_FAILED: tags,
  UNEXPECTED_TOKEN: notReadable,
};

/** The parser has one code for several mistakes: for some its own words tell them apart. */
export function yamlSentence(code: ErrorCode, message: string): string {
  if (/quote$/.test(message))
    return "A quote is open: this text has no closing one. Put it at the end of the text.";
  const [, bracket] = /end with a ([\]}])/.exec(message) ?? [];
  if (bracket !== undefined)
    return `A bracket is open: its ${bracket} is missing. Put it at the end of what it holds, or put the text in quotes.`;
  return sentences[code];
}
