import { describe, expect, test } from "vitest";
import { textOfFile } from "./list-file";

const bytes = (...values: number[]) => new Blob([new Uint8Array(values)]);

describe("the text of a file", () => {
  test.each([
    ["UTF-8", new Blob(["Größe"]), "Größe"],
    ["UTF-8 with its mark", new Blob(["\uFEFFGröße"]), "Größe"],
    ["UTF-16", bytes(0xff, 0xfe, 0x47, 0x00, 0xf6, 0x00), "Gö"],
    ["UTF-16, the other way round", bytes(0xfe, 0xff, 0x00, 0x47, 0x00, 0xf6), "Gö"],
    ["the letters of older Windows", bytes(0x47, 0xf6), "Gö"],
  ])("is read from %s", async (_what, file, text) => expect(await textOfFile(file)).toBe(text));

  test("is not read from a workbook, nor from what is empty, huge or gone", async () => {
    await expect(textOfFile(new Blob([]))).rejects.toThrow(/The file is empty/);
    await expect(textOfFile(bytes(0x50, 0x4b, 0x03, 0x04, 0x00))).rejects.toThrow(/saved as CSV first/);
    await expect(textOfFile(new Blob(["x".repeat(4_000_001)]))).rejects.toThrow(/larger than 4 MB/);
    const gone = Object.assign(new Blob(["x"]), {
      arrayBuffer: () => Promise.reject(new Error("NotReadableError")),
    });
    await expect(textOfFile(gone)).rejects.toThrow(/Choose it again/);
  });
});
