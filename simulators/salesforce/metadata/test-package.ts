import { strToU8, zipSync } from "fflate";
import type { TestOrg } from "../test-org";

/** Where to deploy, and as whom. */
export type Target = Pick<TestOrg, "url" | "accessToken" | "api">;

export interface Message {
  componentType: string;
  fileName: string;
  fullName: string;
  problem: string | null;
  problemType: string | null;
  created: boolean;
  changed: boolean;
  deleted: boolean;
  success: boolean;
}

export interface DeployResult {
  id: string;
  status: string;
  success: boolean;
  done: boolean;
  checkOnly: boolean;
  numberComponentsTotal: number;
  numberComponentsDeployed: number;
  numberComponentErrors: number;
  errorMessage: string | null;
  details: { componentFailures: Message[]; componentSuccesses: Message[] } | null;
}

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

export const NOW = { singlePackage: true, rollbackOnError: true };

/** package.xml or a list of deletions: members by type. */
export function manifest(types: Readonly<Record<string, readonly string[]>>, version = "62.0"): string {
  const lists = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((member) => `<members>${member}</members>`).join("")}<name>${name}</name></types>`,
  );
  return `${DECLARATION}<Package ${XMLNS}>${lists.join("")}<version>${version}</version></Package>`;
}

/** A file with this root element. */
export function file(root: string, content: string): string {
  return `${DECLARATION}<${root} ${XMLNS}>${content}</${root}>`;
}

/** `<fields>` of an object file. */
export function field(name: string, type: string, content: string): string {
  return `<fields><fullName>${name}</fullName><label>${name.replace(/__c$/, "")}</label><type>${type}</type>${content}</fields>`;
}

/** What a custom object's file must say, besides its fields. */
export function objectProperties(label: string, sharingModel = "ReadWrite"): string {
  return `<label>${label}</label><pluralLabel>${label}s</pluralLabel><nameField><label>${label} Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>${sharingModel}</sharingModel>`;
}

export function objectPermission(object: string, rights = "Read Create Edit Delete"): string {
  const flag = (name: string) => `<allow${name}>${rights.split(" ").includes(name)}</allow${name}>`;
  return `<objectPermissions>${flag("Create")}${flag("Delete")}${flag("Edit")}${flag("Read")}<modifyAllRecords>false</modifyAllRecords><object>${object}</object><viewAllRecords>false</viewAllRecords></objectPermissions>`;
}

export function fieldPermission(name: string, editable = true): string {
  return `<fieldPermissions><editable>${editable}</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;
}

export function zip(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  return new Uint8Array(zipSync(Object.fromEntries(entries)));
}

/** Posts a zip as the guide says. */
export async function postZip(
  org: Target,
  bytes: Uint8Array<ArrayBuffer>,
  deployOptions: object = NOW,
): Promise<Response> {
  const form = new FormData();
  form.append("json", new Blob([JSON.stringify({ deployOptions })], { type: "application/json" }));
  form.append("file", new Blob([bytes], { type: "application/zip" }), "package.zip");
  return fetch(`${org.url}/services/data/v62.0/metadata/deployRequest`, {
    method: "POST",
    headers: { authorization: `Bearer ${org.accessToken}` },
    body: form,
  });
}

/** Deploys and waits for the end. */
export async function deploy(
  org: Target,
  files: Readonly<Record<string, string>>,
  deployOptions: object = NOW,
): Promise<DeployResult> {
  const response = await postZip(org, zip(files), deployOptions);
  const { id } = (await response.json()) as { id: string };
  return ended(org, id);
}

/** The result of a deployment once it is done. */
export async function ended(org: Target, id: string): Promise<DeployResult> {
  for (;;) {
    const { body } = await org.api<{ deployResult: DeployResult }>(
      "GET",
      `/metadata/deployRequest/${id}?includeDetails=true`,
    );
    if (body.deployResult.done) return body.deployResult;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** `Account.SyncId__c: what is wrong`, of all that failed. */
export function problems(result: DeployResult): string[] {
  return (result.details?.componentFailures ?? []).map(
    ({ fullName, problem }) => `${fullName}: ${problem ?? ""}`,
  );
}
