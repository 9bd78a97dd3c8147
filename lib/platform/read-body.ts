/** Reading a request's body whole, within a limit. */

export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

/** Whoever called went away before the body was whole. */
export class BodyBrokenOffError extends Error {
  override readonly name = "BodyBrokenOffError";
}

/**
 * The body as text, in the character set that Content-Type names (UTF-8 when it names none or an unknown one).
 * Stops reading as soon as the limit is passed. Throws BodyTooLargeError and
 * BodyBrokenOffError.
 */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > maxBytes) throw new BodyTooLargeError();
  const decoder = decoderFor(request.headers.get("content-type") ?? "");
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of chunks(request)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLargeError();
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join("");
}

async function* chunks(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new BodyBrokenOffError("the body broke off");
      });
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

function decoderFor(contentType: string): TextDecoder {
  const label = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder("utf-8");
    throw error;
  }
}
