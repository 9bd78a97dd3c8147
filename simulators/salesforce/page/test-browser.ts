import type { TestOrg } from "../test-org";

export interface Page {
  status: number;
  /** Path of the page that is shown, after redirects. */
  path: string;
  html: string;
  /** The text without tags, with single spaces. */
  text: string;
}

/** A browser without JavaScript: it keeps its cookie, follows redirects, and sends forms as a page holds them. */
export class TestBrowser {
  private cookie = "";
  page: Page = { status: 0, path: "", html: "", text: "" };

  constructor(private readonly org: TestOrg) {}

  async open(path: string): Promise<Page> {
    return this.show(path, { method: "GET" });
  }

  /**
   * Sends the form of the page whose action this is (the page's own where it has none), with what its fields hold and
   * the given values over it; an array for several of one name, null for a box that is not checked.
   */
  async submit(action: string, values: Record<string, string | string[] | null> = {}): Promise<Page> {
    const fields = this.formFields(action);
    for (const [name, value] of Object.entries(values)) {
      fields.delete(name);
      for (const each of Array.isArray(value) ? value : value === null ? [] : [value])
        fields.append(name, each);
    }
    return this.show(action, { method: "POST", body: fields });
  }

  /** What the fields of a form hold, as a browser would send them. */
  formFields(action: string): URLSearchParams {
    const form = [...this.page.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].find(
      ([, attributes = ""]) =>
        attributes.includes('method="post"') && attribute(attributes, "action") === action,
    );
    if (!form) throw new Error(`${this.page.path} has no form for ${action}.`);
    return fieldsIn(form[2] ?? "");
  }

  /** Another browser with the same cookie, as a second window. */
  async secondWindow(path: string): Promise<TestBrowser> {
    const other = new TestBrowser(this.org);
    other.cookie = this.cookie;
    await other.open(path);
    return other;
  }

  private async show(path: string, init: RequestInit): Promise<Page> {
    const response = await fetch(this.org.url + path, {
      ...init,
      redirect: "manual",
      headers: { cookie: this.cookie },
    });
    const cookie = response.headers.get("set-cookie")?.split(";")[0];
    if (cookie) this.cookie = cookie;
    const location = response.headers.get("location");
    if (response.status === 303 && location) return this.show(location, { method: "GET" });
    const html = await response.text();
    const text = html
      .replaceAll(/<(style|script|option|textarea)\b[\s\S]*?<\/\1>/g, " ")
      .replaceAll(/<[^>]+>/g, " ");
    this.page = { status: response.status, path, html, text: unescaped(text).replaceAll(/\s+/g, " ") };
    return this.page;
  }
}

function fieldsIn(form: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [, attributes = ""] of form.matchAll(/<input\b([^>]*)>/g)) {
    const name = attribute(attributes, "name");
    const isBox = /type="(?:checkbox|radio)"/.test(attributes);
    if (name && (!isBox || /\schecked\b/.test(attributes)))
      fields.append(name, attribute(attributes, "value") ?? "");
  }
  for (const [, attributes = "", text = ""] of form.matchAll(
    /<textarea\b([^>]*)>([\s\S]*?)<\/textarea\s*>/g,
  )) {
    fields.append(attribute(attributes, "name") ?? "", unescaped(text.replace(/^\n/, "")));
  }
  for (const [, attributes = "", options = ""] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option\b([^>]*\sselected\b[^>]*)>/.exec(options)?.[1] ?? "";
    fields.append(attribute(attributes, "name") ?? "", attribute(chosen, "value") ?? "");
  }
  return fields;
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? "");
}
