/** One part of a multipart/form-data body. */
export interface Part {
  name: string;
  bytes: Buffer;
}

/** Content types of multipart/form-data bodies. */
export const MULTIPART = /^multipart\/form-data\b/i;
const LINE_END = "\r\n";
const HEADER_END = LINE_END + LINE_END;

export function isMultipart(contentType: string | undefined): boolean {
  return MULTIPART.test(contentType ?? "");
}

/**
 * The parts of a multipart/form-data body, with or without file names (RFC 7578); undefined when it cannot be read. Read
 * at once, unlike the files of a FormData, because a request is answered within one turn of the event loop.
 */
export function readParts(contentType: string, body: Buffer): Part[] | undefined {
  const match = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`--${boundary}`);
  const nextDelimiter = Buffer.from(`${LINE_END}--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const from = start + delimiter.length;
    if (body.toString("latin1", from, from + 2) === "--") return parts;
    const end = body.indexOf(nextDelimiter, from);
    if (end < 0) return undefined;
    const part = readPart(body.subarray(from, end));
    if (!part) return undefined;
    parts.push(part);
    start = end + LINE_END.length;
  }
  return undefined;
}

function readPart(bytes: Buffer): Part | undefined {
  const headerEnd = bytes.indexOf(HEADER_END);
  if (headerEnd < 0) return undefined;
  const headers = bytes.toString("utf8", 0, headerEnd);
  const content = bytes.subarray(headerEnd + HEADER_END.length);
  const name = /^content-disposition:.*[;\s]name="?([^";\r\n]+)"?/im.exec(headers)?.[1];
  if (name === undefined) return undefined;
  const isBase64 = /^content-transfer-encoding:\s*base64\s*$/im.test(headers);
  return { name, bytes: isBase64 ? Buffer.from(content.toString("latin1"), "base64") : content };
}
