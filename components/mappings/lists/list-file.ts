/** Files between the browser and the editor. */

/** Bytes of a file that are read at most. */
const mostBytes = 4_000_000;

/**
 * The text of a file that was chosen: UTF-8, UTF-16 with its mark, or else the letters of older Windows spreadsheets.
 * @throws FileProblem with what to do
 */
export async function textOfFile(file: Blob): Promise<string> {
  if (file.size > mostBytes) throw new FileProblem("The file is larger than 4 MB: that is no list of lines.");
  if (file.size === 0) throw new FileProblem("The file is empty. Choose one with lines in it.");
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    // The browser's own reason has no words for people.
    throw new FileProblem("The file could not be read. Is it still there? Choose it again.", {
      cause: error,
    });
  }
  const text = decoded(bytes);
  if (text.includes("\0"))
    throw new FileProblem("This is no text file. A workbook must be saved as CSV first.");
  return text;
}

export class FileProblem extends Error {
  override readonly name = "FileProblem";
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder("windows-1252").decode(bytes);
    throw error;
  }
}

/** Has the browser keep a text as a file. */
export function download(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address by the time it comes back to us.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
