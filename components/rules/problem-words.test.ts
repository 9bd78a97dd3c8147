import { expect, it } from "vitest";
import { ApiError } from "../ui/api";
import { placeOnPage, rulesProblem } from "./problem-words";

const refused = (path: string, message: string) =>
  new ApiError({
    status: 400,
    code: "invalid-request",
    detail: `${path}: ${message}`,
    problems: [{ path, message }],
  });

it("says where on the page it is wrong, not where in the request", () => {
  const message = "must be an e-mail address such as crm@venue.example";
  expect(rulesProblem(refused("body.settings.tell.0", message))).toBe(
    `Mail about reviews and notices: ${message}.`,
  );
  expect(rulesProblem(refused("body.settings.rules.out.relay.createWhen", "$now cannot be used here."))).toBe(
    "When Salesforce has a relay that S-360 does not have, and it is made or edited … only if: $now cannot be used here.",
  );
});

it("knows a sentence of the page for every rule, and names what it does not know as it is", () => {
  expect(placeOnPage("rules.in.structure.update")).toBe("When a structure is changed in S-360");
  expect(placeOnPage("rules.out.individual.delete")).toBe("When an individual is deleted in Salesforce");
  expect(placeOnPage("contactsOut.massLimit")).toContain("more records");
  expect(rulesProblem(refused("body.revision", "is missing"))).toBe("revision: is missing.");
});

it("keeps the server's sentence where it names no place", () => {
  expect(rulesProblem(new ApiError({ status: 503, code: "database-away", detail: "Try again." }))).toBe(
    "Try again.",
  );
});
