import { expect, it } from "vitest";
import { actorOf } from "./fault-actor";

it("has the box office correct what S-360 sent, and the CRM administrator what Salesforce holds", () => {
  for (const code of ["too_long", "invalid_value", "missing_value"] as const) {
    expect(actorOf(code, "in")).toBe("box-office");
    expect(actorOf(code, "out")).toBe("crm-admin");
  }
  expect(actorOf("not_expressible", "out")).toBe("crm-admin");
});

it("leaves everything else to whom the table names", () => {
  expect(actorOf("contact_missing", "out")).toBe("box-office");
  expect(actorOf("s360_sign_in", "out")).toBe("it");
  expect(actorOf("row_locked", "in")).toBe("nobody");
});
