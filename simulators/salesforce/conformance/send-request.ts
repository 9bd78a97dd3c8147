import { strToU8, zipSync } from "fflate";
import type { StepRequest } from "./case";
import { fill, fillToText, type Variables } from "./variables";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body where it is JSON, else undefined. */
  body: unknown;
}

/** Sends one request of a case to the simulator; redirects are not followed. */
export async function sendRequest(
  url: string,
  request: StepRequest,
  variables: Variables,
): Promise<Answer & { line: string }> {
  const path = pathOf(request, variables);
  const { body, contentType } = bodyOf(request, variables);
  const auth = request.auth ?? (path.startsWith("/services/data") ? "${token}" : "none");
  const headers = new Headers();
  if (contentType !== undefined) headers.set("content-type", contentType);
  if (auth !== "none") headers.set("authorization", `Bearer ${fillToText(auth, variables)}`);
  for (const [name, value] of Object.entries(request.headers)) {
    headers.set(name, fillToText(value, variables));
  }
  const response = await fetch(`${url}${path}`, {
    method: request.method,
    headers,
    body,
    redirect: "manual",
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return {
    line: `${request.method} ${path.slice(0, 300)}`,
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== "" ? (JSON.parse(text) as unknown) : undefined,
  };
}

function pathOf(request: StepRequest, variables: Variables): string {
  if (request.soql !== undefined) {
    const resource = fillToText(`\${api}/${request.deleted ? "queryAll" : "query"}`, variables);
    return `${resource}?q=${encodeURIComponent(fillToText(request.soql, variables))}`;
  }
  if (request.path === undefined) throw new Error("A request needs a path or soql.");
  return fillToText(request.path, variables);
}

function bodyOf(
  request: StepRequest,
  variables: Variables,
): { body?: string | FormData | URLSearchParams; contentType?: string } {
  if (request.body !== undefined) {
    return { body: JSON.stringify(fill(request.body, variables)), contentType: "application/json" };
  }
  if (request.text !== undefined) {
    return { body: fillToText(request.text, variables), contentType: "application/json" };
  }
  if (request.form) {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(request.form)) form.set(name, String(fill(value, variables)));
    return { body: form };
  }
  if (request.deploy) return { body: deployForm(request.deploy, variables) };
  return {};
}

/** The two parts that the Metadata REST deploy documents: `json` and `file`, a zip. */
function deployForm(deploy: NonNullable<StepRequest["deploy"]>, variables: Variables): FormData {
  const files = Object.entries(deploy.files).map(
    ([name, content]) => [fillToText(name, variables), strToU8(fillToText(content, variables))] as const,
  );
  const form = new FormData();
  form.set(
    "json",
    new Blob([JSON.stringify(fill(deploy.options, variables))], { type: "application/json" }),
    "",
  );
  const zip = new Blob([new Uint8Array(zipSync(Object.fromEntries(files)))], { type: "application/zip" });
  form.set("file", zip, "package.zip");
  return form;
}
