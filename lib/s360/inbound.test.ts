import { describe, expect, it } from "vitest";
import { readContacts, readOrders, UnreadableBodyError } from "./inbound";
import { portray } from "./portrait";
import { selectedSections } from "./sections";

const faults = (text: string, read = readContacts) => read(text).map((item) => item.fault?.sentence ?? null);

describe("a contact webhook call", () => {
  it("may be an array, a bare object, or wrapped", () => {
    for (const text of [
      '[{"contactNumber":"007","role":"PUBLIC"}]',
      '{"contactNumber":"007","role":"PUBLIC"}',
      '{"contactData":{"contactNumber":"007","role":"PUBLIC"}}',
    ]) {
      expect(readContacts(text).flatMap((item) => item.records.map((record) => record.key))).toEqual(["007"]);
    }
  });

  it("that brings a number and nothing else names what S-360 is to be asked for", () => {
    const named = (text: string, read = readContacts) => read(text).map((item) => [item.named, item.records]);
    expect(named('[{"contactNumber":" 00Ab7 "}]')).toEqual([[{ family: "contact", key: "00Ab7" }, []]]);
    expect(named('{"orderId":12345678901234567890}', readOrders)).toEqual([
      [{ family: "order", key: "12345678901234567890" }, []],
    ]);
    expect(named('{"orderDetailsData":{"orderId":7}}', readOrders)).toEqual([
      [{ family: "order", key: "7" }, []],
    ]);
    expect(faults('[{"contactNumber":"${contactNumber}"},{"contactNumber":7}]')).toEqual([
      expect.stringContaining("did not fill in its placeholder: it knows ${contactNumber}"),
      expect.stringContaining("must be a text"),
    ]);
  });

  it("is refused as a whole only when it is not JSON or a bare scalar", () => {
    for (const text of ["", "{", "not json", '"text"', "12", "null", "true"]) {
      expect(() => readContacts(text), text).toThrow(UnreadableBodyError);
    }
    expect(readContacts("[]")).toEqual([]);
  });

  it("turns unusable items into faults and keeps their neighbours", () => {
    const items = readContacts(
      '[null,{"contactNumber":""},{"hello":"world"},12,[],{"contactNumber":7},{"contactNumber":"A","role":"PUBLIC"}]',
    );
    expect(items.map((item) => item.records.length)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(items.slice(0, 6).every((item) => item.fault !== null)).toBe(true);
    expect(items[5]?.fault?.sentence).toContain("must be a text");
  });

  it("keeps leading zeros and tells numbers apart by them", () => {
    const keys = readContacts(
      '[{"contactNumber":"0099014","role":"PUBLIC"},{"contactNumber":" 99014 ","role":"PUBLIC"}]',
    ).map((item) => item.records[0]?.key);
    expect(keys).toEqual(["0099014", "99014"]);
  });
});

describe("an order webhook call", () => {
  const order = (body: string) => `[{"orderDetailsData":${body}}]`;

  it("gives the order and each operation, ids as text without losing a digit", () => {
    const [item] = readOrders(
      order('{"orderId":90071992547409931,"operationDatas":[{"operationId":900719925474099311}]}'),
    );
    expect(item?.records.map((record) => [record.family, record.key, record.parent?.key])).toEqual([
      ["order", "90071992547409931", undefined],
      ["operation", "900719925474099311", "90071992547409931"],
    ]);
    expect(item?.fault).toBeNull();
  });

  it("accepts orders without the wrapper", () => {
    expect(readOrders('{"orderId":1,"operationDatas":[{"operationId":2}]}')[0]?.records).toHaveLength(2);
  });

  it("has nothing to write when it was abandoned without operations", () => {
    const [item] = readOrders(order('{"orderId":1,"orderState":"ABANDONNED","operationDatas":[]}'));
    expect(item?.fault).toEqual({
      code: "nothing_to_write",
      sentence: "The order was abandoned and has no operations: nothing to write.",
    });
  });

  it("names the operation that cannot be used and keeps the others", () => {
    const [item] = readOrders(
      order('{"orderId":1,"operationDatas":[{"operationId":2},{"quantity":1},null]}'),
    );
    expect(item?.records.map((record) => record.key)).toEqual(["1", "2"]);
    expect(item?.fault?.sentence).toContain("Order 1, operation 2: There is no operation id");
    expect(item?.fault?.sentence).toContain("operation 3: an operation was expected, but there is null");
  });

  it("explains items without an order", () => {
    expect(faults('[{"orderDetailsData":null},{"x":1},{"orderId":true}]', readOrders)).toEqual([
      "The item has no order in it.",
      "There is no order id (orderId).",
      "The order id (orderId) must be a whole number, but S-360 sent a boolean.",
    ]);
  });
});

describe("the portrait of a contact", () => {
  it("tells relays, structures and individuals apart", () => {
    expect(portray("contact", { type: "INDIVIDUAL", role: "RELAY" }).kind).toBe("relay");
    expect(portray("contact", { type: "STRUCTURE", role: "PUBLIC" }).kind).toBe("structure");
    expect(portray("contact", { structureContact: { officialName: "Étoile" } }).kind).toBe("structure");
    expect(portray("contact", { individualContact: {} }).kind).toBe("individual");
    expect(portray("contact", { addresses: [] }).kind).toBeNull();
  });

  it("can be found by name and e-mail", () => {
    const state = {
      type: "INDIVIDUAL",
      individualContact: { individualFirstName: "Edna", individualLastName: "Frank" },
      communicationMeans: [{ email: "Edna@Mail.example" }, { phone: "41 / 1" }],
    };
    expect(portray("contact", state)).toMatchObject({
      label: "Edna Frank",
      searchTerms: ["edna frank", "edna", "frank", "edna@mail.example"],
    });
    expect(portray("contact", { structureContact: { officialName: "Étoile Productions" } })).toMatchObject({
      searchTerms: ["étoile productions", "etoile productions", "étoile", "etoile", "productions"],
    });
  });
});

describe("selected sections", () => {
  it("counts keys of no named section as GENERAL and sale roots as always sent", () => {
    const selected = selectedSections(["GENERAL", "ADDRESSES"]);
    expect([
      selected("individualContact"),
      selected("addresses"),
      selected("authorizations"),
      selected("order"),
    ]).toEqual([true, true, false, true]);
  });
});
