import { ComponentProblem } from "./component";
import { elementProblem } from "./element-types";
import { childrenNamed, childText, parseXml, XmlProblem } from "./xml";

export interface ManifestType {
  /** `CustomField` */
  type: string;
  members: string[];
}

export interface Manifest {
  types: ManifestType[];
  version: string | undefined;
}

const NEWEST_VERSION = 66;
const OLDEST_VERSION = 7;

/**
 * Reads package.xml or a list of deletions.
 * @throws ComponentProblem for what cannot be read, and a version that is none
 */
export function readManifest(text: string): Manifest {
  let root;
  try {
    root = parseXml(text);
  } catch (error) {
    if (error instanceof XmlProblem) throw new ComponentProblem(error.message, error.line, error.column);
    throw error;
  }
  if (root.name !== "Package") {
    throw new ComponentProblem(`Error parsing file: Element Package expected, ${root.name} found`);
  }
  const problem = elementProblem(root, "Package");
  if (problem !== undefined) throw new ComponentProblem(problem);
  const version = childText(root, "version");
  if (version !== undefined) refuseBadVersion(version);
  const types = childrenNamed(root, "types").map((element) => {
    const type = childText(element, "name");
    if (!type) throw new ComponentProblem("Required field is missing: name");
    return { type, members: childrenNamed(element, "members").map((member) => member.text) };
  });
  return { types, version };
}

function refuseBadVersion(text: string): void {
  const version = /^(\d+)\.0$/.exec(text)?.[1];
  if (version === undefined || Number(version) > NEWEST_VERSION || Number(version) < OLDEST_VERSION) {
    throw new ComponentProblem(`Invalid version specified: ${text}`);
  }
}
