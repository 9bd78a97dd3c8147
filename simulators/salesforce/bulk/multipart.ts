/** A part of a multipart/form-data body. */
export interface Part {
  name: string;
  contentType: string;
  text: string;
}

/** The parts of a multipart/form-data body (RFC 7578); undefined when it cannot be read as one. */
export function readParts(contentType: string, body: string): Part[] | undefined {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const marker = boundary?.[1] ?? boundary?.[2];
  if (marker === undefined) return undefined;
  const sections = `\r\n${body}`.split(`\r\n--${marker}`);
  if (!sections.at(-1)?.startsWith("--")) return undefined;
  const parts: Part[] = [];
  for (const section of sections.slice(1, -1)) {
    const start = section.indexOf("\r\n\r\n");
    const head = section.slice(0, Math.max(0, start));
    const name = /^content-disposition:[^\r]*?;\s*name="?([^";\r]+)"?/im.exec(head)?.[1];
    if (start < 0 || name === undefined) return undefined;
    const type = /^content-type:\s*([^\r]+)/im.exec(head)?.[1] ?? "text/plain";
    parts.push({ name, contentType: type, text: section.slice(start + 4) });
  }
  return parts;
}
