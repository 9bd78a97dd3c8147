import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
const get = async <Body>(path: string) => (await org.api<Body>("GET", path)).body;

interface Section {
  heading: string;
  layoutRows: {
    layoutItems: {
      label: string;
      required: boolean;
      editableForUpdate: boolean;
      layoutComponents: { value: string; details: { name: string }; components?: { value: string }[] }[];
    }[];
  }[];
}
interface Layout {
  id: string;
  detailLayoutSections: Section[];
  relatedLists: { sobject: string; field: string }[];
}
interface Layouts {
  layouts: Layout[] | null;
  recordTypeMappings: { recordTypeId: string; developerName: string; layoutId: string; master: boolean }[];
  recordTypeSelectorRequired: boolean[];
}

const itemsOf = (layout: Layout) =>
  layout.detailLayoutSections.flatMap((section) => section.layoutRows).flatMap((row) => row.layoutItems);
const namesOf = (layout: Layout) =>
  itemsOf(layout).map(({ layoutComponents: [component] }) => component?.value ?? "");

describe("describe layouts", () => {
  it("of an object without record types: one layout, with its fields, sections and related lists", async () => {
    const body = await get<Layouts>("/sobjects/Contact/describe/layouts");
    const [layout] = body.layouts ?? [];
    expect(layout?.detailLayoutSections[0]?.heading).toBe("Contact Information");
    expect(layout && namesOf(layout)).toEqual(
      expect.arrayContaining(["LastName", "AccountId", "MailingAddress"]),
    );
    const lastName = layout && itemsOf(layout).find(({ label }) => label === "Last Name");
    expect(lastName).toMatchObject({ required: true, editableForUpdate: true });
    const address = layout && itemsOf(layout).find(({ label }) => label === "Mailing Address");
    expect(address?.editableForUpdate).toBe(true);
    expect(address?.layoutComponents[0]?.components?.map(({ value }) => value)).toContain("MailingCity");
    expect(layout?.relatedLists).toContainEqual(
      expect.objectContaining({ sobject: "SecutixSale__c", field: "Contact__c" }),
    );
    expect(body.recordTypeMappings).toMatchObject([{ master: true, layoutId: layout?.id }]);
    expect(body.recordTypeSelectorRequired).toEqual([false]);
  });

  it("of an object with record types: null, and the layout of each by its id", async () => {
    const body = await get<Layouts>("/sobjects/Account/describe/layouts/");
    expect(body.layouts).toBeNull();
    expect(body.recordTypeSelectorRequired).toEqual([true]);
    const [business, person] = body.recordTypeMappings;
    const layoutOf = (id = "") => get<Layout>(`/sobjects/Account/describe/layouts/${id}`);
    const ofPerson = await layoutOf(person?.recordTypeId);
    expect(ofPerson.id).toBe(person?.layoutId);
    expect(namesOf(ofPerson)).toContain("PersonEmail");
    expect(namesOf(ofPerson)).not.toContain("Website");
    expect(namesOf(await layoutOf(business?.recordTypeId))).toContain("Website");
    expect(person?.developerName).toBe("PersonAccount");
  });

  it("does not exist for objects without pages, nor for a strange record type", async () => {
    expect((await org.api("GET", "/sobjects/RecordType/describe/layouts")).status).toBe(404);
    expect((await org.api("GET", "/sobjects/Contact/describe/layouts/012000000000009AAA")).status).toBe(404);
  });
});

describe("compact layouts", () => {
  it("are the system's: the name and what its page shows first", async () => {
    const body = await get<{
      compactLayouts: { fieldItems: { label: string }[]; name: string }[];
      defaultCompactLayoutId: null;
      urls: { primary: string };
    }>("/sobjects/Account/describe/compactLayouts");
    expect(body.defaultCompactLayoutId).toBeNull();
    expect(body.compactLayouts[0]?.name).toBe("SYSTEM");
    expect(body.compactLayouts[0]?.fieldItems.map(({ label }) => label).slice(0, 2)).toEqual([
      "Account Name",
      "Record Type ID",
    ]);
    const primary = await get<{ objectType: string }>(body.urls.primary.replace("/services/data/v62.0", ""));
    expect(primary.objectType).toBe("Account");
    const person = await org.api("GET", "/sobjects/Account/describe/compactLayouts/primaryPersonAccount");
    expect(person.status).toBe(200);
    expect(
      (await org.api("GET", "/sobjects/Contact/describe/compactLayouts/primaryPersonAccount")).status,
    ).toBe(404);
  });

  it("of several objects stand under their names", async () => {
    const body = await get<Record<string, { objectType: string }>>("/compactLayouts?q=Account,Contact");
    expect(Object.keys(body)).toEqual(["Account", "Contact"]);
    expect(await org.api<ErrorBody>("GET", "/compactLayouts?q=Account,Nothing")).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_TYPE", message: "sObject type 'Nothing' is not supported." }],
    });
    expect((await org.api("GET", "/compactLayouts")).status).toBe(400);
  });
});

describe("what this org has none of", () => {
  it("is an empty list, and 404 when one is named", async () => {
    expect(await get("/quickActions")).toEqual([]);
    expect(await get("/sobjects/Account/quickActions")).toEqual([]);
    expect(await get("/sobjects/Account/describe/approvalLayouts")).toEqual({ approvalLayouts: [] });
    for (const path of [
      "/quickActions/LogACall",
      "/sobjects/Account/quickActions/LogACall",
      "/sobjects/Account/describe/approvalLayouts/Discount",
      "/sobjects/Account/describe/namedLayouts/UserAlt",
      "/sobjects/Nothing/quickActions",
    ]) {
      expect(await org.api<ErrorBody>("GET", path)).toMatchObject({
        status: 404,
        body: [{ message: "The requested resource does not exist" }],
      });
    }
  });
});

describe("tabs and theme", () => {
  it("are those of the pages, with icons that can be fetched", async () => {
    const tabs =
      await get<
        { name: string; sobjectName: string; url: string; iconUrl: string; colors: { color: string }[] }[]
      >("/tabs");
    const account = tabs.find(({ sobjectName }) => sobjectName === "Account");
    expect(account).toMatchObject({
      name: "standard-Account",
      url: `${org.url}/lightning/o/Account/list`,
      colors: [{ color: "5867E8", context: "primary", theme: "theme4" }],
    });
    const icon = await fetch(account?.iconUrl ?? "");
    expect([icon.status, icon.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
    expect(await icon.text()).toContain("<svg");
    const theme = await get<{ themeItems: { name: string }[] }>("/theme");
    expect(theme.themeItems.map(({ name }) => name)).toContain("SecutixSale__c");
  });
});
