/** One part of a multipart/form-data body. */
export interface Part {
  name: string;
  bytes: Buffer;
}

const HEADER_END = "\r\n\r\n";

/**
 * The parts of a multipart/form-data body, with or without file names (RFC 7578); undefined when it cannot be read. Read
 * at once, unlike the files of a FormData, because a request is answered within one turn of the event loop.
 */
export function readParts(contentType: string, body: Buffer): Part[] | undefined {
  const match = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const from = start + delimiter.length;
    const end = body.indexOf(Buffer.concat([Buffer.from("\r\n"), delimiter]), from);
    if (body.toString("latin1", from, from + 2) === "--") return parts;
    if (end < 0) return undefined;
    const part = readPart(body.subarray(from, end));
    if (!part) return undefined;
    parts.push(part);
    start = end + 2;
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
