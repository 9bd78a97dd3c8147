/** HTML that may be put into a page as it is. */
export class SafeHtml {
  constructor(readonly text: string) {}
}

type Part = SafeHtml | string | number | boolean | null | undefined | readonly Part[];

/** A template whose every inserted text is escaped, unless it was made by this template itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): SafeHtml {
  let text = strings[0] ?? "";
  parts.forEach((part, position) => {
    text += shown(part) + (strings[position + 1] ?? "");
  });
  return new SafeHtml(text);
}

function shown(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof SafeHtml) return part.text;
  if (typeof part === "object") return part.map(shown).join("");
  return escapeHtml(String(part));
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
