import { describe, expect, it } from "vitest";
import { BrowserSignIns } from "./browser-sign-ins";

const at = (minutes: number) => new Date(minutes * 60_000);

describe("sign-ins of browsers", () => {
  it("are forgotten with the next sign-in once they have ended", () => {
    const signIns = new BrowserSignIns();
    for (let minute = 0; minute < 100; minute++) signIns.signIn("005", at(minute), at(minute + 10).getTime());
    expect(signIns.size).toBe(10);
  });
});
