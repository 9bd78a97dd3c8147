import { expect, it } from "vitest";
import { slowedSeconds } from "./slowed";

it.each([
  [5, 900],
  [225, 900],
  [300, 1_200],
  [900, 3_600],
  [1_800, 3_600],
  [86_400, 86_400],
])("every %i seconds becomes every %i", (usual, slowed) => {
  expect(slowedSeconds(usual)).toBe(slowed);
});
