import { expect, test } from "vitest";
import { safeNext, signInAddress } from "./next-address";

test("the sign-in leads back to the page with its query", () => {
  expect(signInAddress("/records", { state: "failed", q: undefined })).toBe(
    "/sign-in?next=%2Frecords%3Fstate%3Dfailed",
  );
  expect(signInAddress("/")).toBe("/sign-in");
  expect(safeNext("/records?state=failed")).toBe("/records?state=failed");
});

test.each([
  "https://elsewhere.example/",
  "//elsewhere.example",
  "/\\elsewhere.example",
  "/\t/elsewhere.example",
  "\\\\elsewhere.example",
  "javascript:alert(1)",
  "/sign-in?next=/",
  "/api/auth/sign-out",
  "records",
  "",
])("an address that is no page of the app is not followed: %j", (next) => {
  expect(safeNext(next)).toBe("/");
});

test("nothing and several addresses lead to the start", () => {
  expect(safeNext(undefined)).toBe("/");
  expect(safeNext(["/records", "/mappings"])).toBe("/");
});
