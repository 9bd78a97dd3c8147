import { expect, test } from "vitest";
import { complainAboutNode } from "./node-version";

test("the version asked for and newer ones are fine", () => {
  for (const version of ["v20.19.0", "v20.20.2", "v22.0.0"])
    expect(complainAboutNode(version, ">=20.19")).toBeNull();
});

test("an older version is named with the one that is needed", () => {
  expect(complainAboutNode("v20.18.9", ">=20.19")).toBe(
    "This is Node.js v20.18.9; the connector needs >=20.19. Install a newer Node.js and start again.",
  );
  expect(complainAboutNode("v18.20.0", ">=20.19")).not.toBeNull();
});
