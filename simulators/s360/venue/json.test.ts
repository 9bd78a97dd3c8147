import { describe, expect, it } from "vitest";
import { idText, isObject, readJson, writeJson } from "./json";

describe("JSON that loses no digit", () => {
  it.each([
    '{"id":12345678901234567890,"n":1.10,"e":1e400,"t":"a \\"5\\" 99999999999999999999 \\\\"}',
    '[0,-0,1,-17,0.5,true,null,"\\u0000 \\n"]',
  ])("gives back %s as it was", (text) => {
    expect(writeJson(readJson(text))).toBe(text);
  });

  it("names ids of any length and refuses what is no id", () => {
    const body = readJson(
      '{"long":10228300000001,"longer":9007199254740993,"text":"0012","no":{},"empty":""}',
    );
    if (!isObject(body)) throw new Error("not an object");
    expect(Object.values(body).map(idText)).toEqual([
      "10228300000001",
      "9007199254740993",
      "0012",
      null,
      null,
    ]);
  });

  it("refuses what is not JSON", () => {
    expect(() => readJson("{'a':1}")).toThrow(SyntaxError);
  });
});
