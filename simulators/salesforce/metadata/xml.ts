import { XMLParser, XMLValidator } from "fast-xml-parser";

/** One element of a metadata file: its own text, or its children in order. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}

/** A file that is no XML; `line` and `column` count from one. */
export class XmlProblem extends Error {
  constructor(
    message: string,
    readonly line: number | null = null,
    readonly column: number | null = null,
  ) {
    super(message);
  }
}

const TEXT_NODE = "#text";
const ATTRIBUTES = ":@";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  htmlEntities: true,
});

type ParsedNode = Readonly<Record<string, unknown>>;

/**
 * Reads an XML file into its root element. Document types are refused, and with them every entity but the usual ones.
 * @throws XmlProblem
 */
export function parseXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new XmlProblem("Error parsing file: DOCTYPE is not allowed");
  const validity = XMLValidator.validate(text);
  if (validity !== true) {
    const { msg, line, col } = validity.err;
    throw new XmlProblem(`Error parsing file: ${msg}`, line, col);
  }
  const [root] = elementsOf(parser.parse(text));
  if (!root) throw new XmlProblem("Error parsing file: Premature end of file.");
  return root;
}

function elementsOf(nodes: unknown): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const node of isNodeList(nodes) ? nodes : []) {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT_NODE);
    if (name === undefined) continue;
    const inner = node[name];
    elements.push({ name, text: textOf(inner), children: elementsOf(inner) });
  }
  return elements;
}

function textOf(nodes: unknown): string {
  const parts = isNodeList(nodes) ? nodes.map((node) => node[TEXT_NODE]) : [];
  return parts.map((part) => (typeof part === "string" ? part : "")).join("");
}

function isNodeList(value: unknown): value is ParsedNode[] {
  return Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null);
}

/** Text of the child with this name; undefined when there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}
