import { ComponentProblem, type Component } from "./component";
import { elementProblem } from "./element-types";
import type { Manifest } from "./manifest";
import { DEPLOYED_TYPES, isDeployedType, type DeployedType } from "./metadata-types";
import type { PackageFiles } from "./read-zip";
import { childrenNamed, childText, parseXml, XmlProblem, type XmlElement } from "./xml";

/** One package inside the zip: its files by name, without the folder it stands in. */
export class PackageFolder {
  private readonly parsed = new Map<string, XmlElement>();

  constructor(
    private readonly files: PackageFiles,
    /** Empty, or with a slash at its end. */
    readonly root: string,
  ) {}

  text(name: string): string | undefined {
    return this.files.text(this.root + name);
  }

  /** Names of the files in the folders of metadata, as `objects/Account.object`. */
  get componentFiles(): string[] {
    return this.files.names
      .filter((name) => name.startsWith(this.root))
      .map((name) => name.slice(this.root.length))
      .filter((name) => name.includes("/"));
  }

  fileOf(type: DeployedType, fullName: string): string {
    const { folder, ending } = DEPLOYED_TYPES[type];
    const stem = type === "CustomField" ? fullName.slice(0, Math.max(0, fullName.indexOf("."))) : fullName;
    return `${folder}/${stem}${ending}`;
  }

  /**
   * The root element of a component's file, or a field's element in its object's file.
   * @throws ComponentProblem when it is not there or cannot be read
   */
  source({ type, fullName, fileName }: Component): XmlElement {
    const missing = () =>
      new ComponentProblem(
        `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`,
      );
    if (!isDeployedType(type)) throw missing();
    const root = this.parse(fileName, type === "CustomField" ? "CustomObject" : type);
    if (!root) throw missing();
    if (type !== "CustomField") return root;
    const fieldName = fullName.slice(fullName.indexOf(".") + 1);
    const found = childrenNamed(root, "fields").filter(
      (field) => childText(field, "fullName")?.toLowerCase() === fieldName.toLowerCase(),
    );
    const [field] = found;
    if (!field) throw missing();
    if (found.length > 1) throw new ComponentProblem(`Duplicate name in file: ${fieldName}`);
    return field;
  }

  private parse(fileName: string, type: string): XmlElement | undefined {
    const known = this.parsed.get(fileName);
    if (known) return known;
    const text = this.text(fileName);
    if (text === undefined) return undefined;
    const root = inOurWords(() => parseXml(text));
    if (root.name !== type) {
      throw new ComponentProblem(`Error parsing file: Element ${type} expected, ${root.name} found`);
    }
    const problem = elementProblem(root, type);
    if (problem !== undefined) throw new ComponentProblem(problem);
    this.parsed.set(fileName, root);
    return root;
  }

  /** Names of the fields that an object's file holds; none when it cannot be read. */
  fieldNames(fileName: string): string[] {
    const text = this.text(fileName);
    if (text === undefined) return [];
    try {
      return childrenNamed(parseXml(text), "fields").map((field) => childText(field, "fullName") ?? "");
    } catch (error) {
      if (error instanceof XmlProblem) return [];
      throw error;
    }
  }
}

function inOurWords<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof XmlProblem) throw new ComponentProblem(error.message, error.line, error.column);
    throw error;
  }
}

/** Members of a type; `*` stands for all that the package has files of. */
export function membersOf(folder: PackageFolder, manifest: Manifest, type: DeployedType): string[] {
  const members = manifest.types.filter((one) => one.type === type).flatMap((one) => one.members);
  if (!members.includes("*") || type === "CustomField") return [...new Set(members)];
  const { folder: directory, ending } = DEPLOYED_TYPES[type];
  const found = folder.componentFiles
    .filter((name) => name.startsWith(`${directory}/`) && name.endsWith(ending))
    .map((name) => name.slice(directory.length + 1, -ending.length));
  return [...new Set([...members.filter((member) => member !== "*"), ...found])];
}
