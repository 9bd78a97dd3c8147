import { ComponentProblem, failed, type Component, type ComponentResult, type Outcome } from "./component";
import { deployField } from "./deploy-field";
import { deployObject } from "./deploy-object";
import { deployPermissionSet } from "./deploy-permission-set";
import { deployTab } from "./deploy-tab";
import { deleteComponents } from "./destructive";
import type { Draft } from "./draft";
import { readManifest, type Manifest } from "./manifest";
import { isDeployedType, isOtherSalesforceType, type DeployedType } from "./metadata-types";
import { membersOf, type PackageFolder } from "./package-folder";
import { permissionSetNamed } from "../access/permission-sets";
import type { Org } from "../org/org";

/** What stands in package.xml and in the zip must be the same. */
export interface PackageOptions {
  allowMissingFiles: boolean;
}

/**
 * Deploys one package into the draft: deletions that come first, objects, their fields, tabs, permission sets, deletions
 * that come last (Metadata API developer guide, "Deleting components from an organization").
 */
export function deployPackage(
  org: Org,
  draft: Draft,
  folder: PackageFolder,
  options: PackageOptions,
): ComponentResult[] {
  const packageFile = manifestFile(folder, "package.xml");
  const text = folder.text("package.xml");
  if (text === undefined) return [failed(packageFile, "No package.xml found")];
  let manifest: Manifest;
  try {
    manifest = readManifest(text);
  } catch (error) {
    return [problemOf(packageFile, error)];
  }
  const components = componentsOf(folder, manifest);
  return [
    { ...packageFile, outcome: { kind: "done", change: "changed", id: null } },
    ...deletions(org, draft, folder, ["destructiveChangesPre.xml", "destructiveChanges.xml"]),
    ...unknownTypes(folder, manifest),
    ...components.map((component) => deployComponent(org, draft, folder, component, options)),
    ...unlistedFiles(folder, components),
    ...deletions(org, draft, folder, ["destructiveChangesPost.xml"]),
  ];
}

function manifestFile(folder: PackageFolder, name: string): Component {
  return { type: "", fullName: name, fileName: folder.root + name };
}

function deletions(
  org: Org,
  draft: Draft,
  folder: PackageFolder,
  names: readonly string[],
): ComponentResult[] {
  return names.flatMap((name) => {
    const text = folder.text(name);
    if (text === undefined) return [];
    const file = manifestFile(folder, name);
    try {
      const manifest = readManifest(text);
      return [
        { ...file, outcome: { kind: "done", change: "changed", id: null } as const },
        ...deleteComponents(org, draft, file.fileName, manifest),
      ];
    } catch (error) {
      return [problemOf(file, error)];
    }
  });
}

/** Types that nobody knows fail in the manifest, those that this org does not deploy with each member. */
function unknownTypes(folder: PackageFolder, manifest: Manifest): ComponentResult[] {
  return manifest.types.flatMap(({ type, members }) => {
    if (isDeployedType(type)) return [];
    if (!isOtherSalesforceType(type)) {
      const file = manifestFile(folder, "package.xml");
      return [failed(file, `Unknown type name '${type}' specified in package.xml`)];
    }
    return members.map((fullName) =>
      failed(
        { type, fullName, fileName: folder.root + "package.xml" },
        "Not available for deploy for this organization",
      ),
    );
  });
}

/** In the order in which they need each other; an object that is listed brings its fields along. */
function componentsOf(folder: PackageFolder, manifest: Manifest): Component[] {
  const of = (type: DeployedType, names: readonly string[]) =>
    names.map((fullName) => ({ type, fullName, fileName: folder.fileOf(type, fullName) }));
  const objects = membersOf(folder, manifest, "CustomObject");
  const ownFields = objects.flatMap((name) =>
    folder.fieldNames(folder.fileOf("CustomObject", name)).map((field) => `${name}.${field}`),
  );
  const fields = [...new Set([...ownFields, ...membersOf(folder, manifest, "CustomField")])];
  return [
    ...of("CustomObject", objects),
    ...of("CustomField", fields),
    ...of("CustomTab", membersOf(folder, manifest, "CustomTab")),
    ...of("PermissionSet", membersOf(folder, manifest, "PermissionSet")),
  ];
}

function deployComponent(
  org: Org,
  draft: Draft,
  folder: PackageFolder,
  component: Component,
  { allowMissingFiles }: PackageOptions,
): ComponentResult {
  const named = { ...component, fileName: folder.root + component.fileName };
  if (allowMissingFiles && folder.text(component.fileName) === undefined) {
    return { ...named, outcome: { kind: "done", change: "unchanged", id: null } };
  }
  try {
    return { ...named, outcome: intoDraft(org, draft, folder, component) };
  } catch (error) {
    return problemOf(named, error);
  }
}

function intoDraft(org: Org, draft: Draft, folder: PackageFolder, component: Component): Outcome {
  const source = folder.source(component);
  const { type, fullName } = component;
  if (type === "CustomObject") return deployObject(draft, source, fullName);
  if (type === "CustomTab") return deployTab(draft, source, fullName);
  if (type === "PermissionSet") {
    return deployPermissionSet(draft, source, fullName, permissionSetNamed(org, fullName));
  }
  const dot = fullName.indexOf(".");
  return deployField(draft, org.store, fullName.slice(0, dot), source, fullName.slice(dot + 1));
}

/** Files, and fields in files, that the manifest does not name. */
function unlistedFiles(folder: PackageFolder, components: readonly Component[]): ComponentResult[] {
  const listed = new Set(components.map(({ fileName }) => fileName));
  const listedFields = new Set(
    components.filter(({ type }) => type === "CustomField").map(({ fullName }) => fullName.toLowerCase()),
  );
  return folder.componentFiles.flatMap((name) => {
    const fileName = folder.root + name;
    const stem = name.slice(name.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
    if (!listed.has(name)) return [failed({ type: "", fullName: stem, fileName }, "Not in package.xml")];
    return folder
      .fieldNames(name)
      .map((field) => `${stem}.${field}`)
      .filter((fullName) => !listedFields.has(fullName.toLowerCase()))
      .map((fullName) => failed({ type: "CustomField", fullName, fileName }, "Not in package.xml"));
  });
}

function problemOf(component: Component, error: unknown): ComponentResult {
  if (!(error instanceof ComponentProblem)) throw error;
  const { message: problem, line, column } = error;
  return { ...component, outcome: { kind: "failed", problem, line, column } };
}
