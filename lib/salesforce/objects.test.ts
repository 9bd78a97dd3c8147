import { afterAll, beforeAll, expect, it } from "vitest";
import { openSalesforceSide } from "./side";
import { startSimulatedOrg, type SimulatedOrg } from "./test-simulated-org";

let org: SimulatedOrg;
beforeAll(async () => {
  org = await startSimulatedOrg();
});
afterAll(() => org.close());

it("lists the objects that can be written, standard and custom ones, by label", async () => {
  const objects = await openSalesforceSide(org.config).writableObjects();
  expect(objects).toContainEqual({ name: "Account", label: "Account", custom: false });
  expect(objects.filter(({ custom }) => custom).map(({ name }) => name)).toContain("SecutixSale__c");
  const names = objects.map(({ name }) => name);
  for (const setup of ["FieldPermissions", "ObjectPermissions", "PermissionSet", "User"])
    expect(names).not.toContain(setup);
  const labels = objects.map(({ label }) => label);
  expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, "en")));
});
