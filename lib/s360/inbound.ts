/**
 * From the text of a webhook call to items in our words (s360.md §1.2–1.4, §2.2–2.3). The body is an array of JSON
 * objects or a bare object; what is unusable becomes an item with a fault and holds back nobody.
 */
import type { Fault } from "@/lib/core/faults";
import type { InboundItem, InboundRecord, NamedThing } from "@/lib/core/inbound";
import { maxKeyLength, recordKeyOf } from "@/lib/core/record-key";
import { cleanForStorage, parseExact, splitItems } from "./json";

/** The body is not JSON, or is neither an array nor an object. The message says which. */
export class UnreadableBodyError extends Error {
  override readonly name = "UnreadableBodyError";
}

/** One call, one transaction: S-360's own buckets hold some fifty items. */
const maxItems = 100_000;

/** The body holds more items than one call may bring. */
export class TooManyItemsError extends Error {
  override readonly name = "TooManyItemsError";
  constructor(items: number) {
    super(
      `The body holds ${items} items; at most ${maxItems} are taken in one call. Lower the bucket size in S-360.`,
    );
  }
}

type ReadItem = (value: unknown) => Pick<InboundItem, "records" | "fault" | "named">;

/** Items of a contact webhook call. Throws UnreadableBodyError. */
export function readContacts(text: string): InboundItem[] {
  return readItems(text, readContact);
}

/** Items of an order webhook call. Throws UnreadableBodyError. */
export function readOrders(text: string): InboundItem[] {
  return readItems(text, readOrder);
}

/** How many items the body of a call holds. Throws UnreadableBodyError and TooManyItemsError, as reading them would. */
export function countItems(text: string): number {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new UnreadableBodyError("The body is not JSON.");
  }
  if (body === null || typeof body !== "object") {
    throw new UnreadableBodyError("The body must be an array of JSON objects, or one object.");
  }
  const items = Array.isArray(body) ? body.length : 1;
  if (items > maxItems) throw new TooManyItemsError(items);
  return items;
}

function readItems(text: string, readItem: ReadItem): InboundItem[] {
  countItems(text);
  return splitItems(text).map((raw) => {
    try {
      const { value, note } = cleanForStorage(parseExact(raw));
      return { raw, note, ...readItem(value) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { raw, note: null, ...unusable(`The item cannot be read: it is ${error.message}.`) };
    }
  });
}

const readContact: ReadItem = (value) => {
  const contact = unwrap(value, "contactData", "contactNumber");
  if (!isObject(contact)) return unusable(`A contact was expected, but the item is ${nameOf(value)}.`);
  const key = readContactNumber(contact["contactNumber"]);
  if (typeof key !== "string") return { records: [], fault: key };
  if (isNumberOnly(contact)) return named("contact", key, contact["contactNumber"]);
  return { records: [{ family: "contact", key, sections: contact }], fault: null };
};

function readContactNumber(value: unknown): string | Fault {
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    return {
      code: "missing_key",
      sentence: "The contact has no contact number (contactNumber), so it cannot be told apart from others.",
    };
  }
  if (typeof value !== "string") {
    return {
      code: "missing_key",
      sentence: `The contact number must be a text, because leading zeros count, but S-360 sent ${nameOf(value)}.`,
    };
  }
  return withinLength(value.trim(), "contact number");
}

const readOrder: ReadItem = (value) => {
  const order = unwrap(value, "orderDetailsData", "orderId");
  if (order === null || order === undefined) return unusable("The item has no order in it.");
  if (!isObject(order)) return unusable(`An order was expected, but the item is ${nameOf(order)}.`);
  const key = readId(order["orderId"], "order id (orderId)");
  if (typeof key !== "string") return { records: [], fault: key };
  if (isNumberOnly(order)) return named("order", key, order["orderId"]);
  const { operationDatas, ...orderState } = order;
  if (operationDatas !== undefined && operationDatas !== null && !Array.isArray(operationDatas)) {
    return unusable(
      `Order ${key}: its operations (operationDatas) must be a list, but are ${nameOf(operationDatas)}.`,
    );
  }
  const operations = (operationDatas ?? []).map((operation, index) => readOperation(operation, index, key));
  const records = operations.flatMap((operation) => ("record" in operation ? [operation.record] : []));
  const faults = operations.flatMap((operation) => ("fault" in operation ? [operation.fault] : []));
  // Which operations a version of the order has: what is missing in a later one has vanished. An unreadable one might be any.
  const operationIds =
    Array.isArray(operationDatas) && faults.length === 0 && records.map((record) => record.key);
  const orderRecord: InboundRecord = {
    family: "order",
    key,
    sections: operationIds ? { ...orderState, operationIds } : orderState,
  };
  return {
    records: [orderRecord, ...records],
    fault: faults.length > 0 ? mergeFaults(faults) : nothingToWrite(order, records),
  };
};

/** A V1 webhook brings the number alone (s360.md §1.1, §2.1). */
function isNumberOnly(item: Record<string, unknown>): boolean {
  return Object.keys(item).length === 1;
}

function named(family: NamedThing["family"], key: string, number: unknown): ReturnType<ReadItem> {
  if (key.includes("${")) {
    return unusable(
      `S-360 did not fill in its placeholder: it knows \${contactNumber} for contacts and \${orderId} for orders, spelled exactly so. Correct the webhook in S-360.`,
    );
  }
  return { records: [], fault: null, named: { family, key: String(number).trim() } };
}

function readOperation(
  value: unknown,
  index: number,
  orderKey: string,
): { record: InboundRecord } | { fault: Fault } {
  const place = `Order ${orderKey}, operation ${index + 1}`;
  if (!isObject(value)) {
    return {
      fault: {
        code: "unusable_item",
        sentence: `${place}: an operation was expected, but there is ${nameOf(value)}.`,
      },
    };
  }
  const key = readId(value["operationId"], "operation id (operationId)");
  if (typeof key !== "string") return { fault: { ...key, sentence: `${place}: ${key.sentence}` } };
  return {
    record: { family: "operation", key, sections: value, parent: { family: "order", key: orderKey } },
  };
}

function nothingToWrite(order: Record<string, unknown>, operations: readonly InboundRecord[]): Fault | null {
  if (operations.length > 0 || order["operationDatas"] === undefined) return null;
  const state =
    order["orderState"] === "ABANDONNED" || order["orderState"] === "ABANDONED" ? "was abandoned and" : "";
  return {
    code: "nothing_to_write",
    sentence: `The order ${state} has no operations: nothing to write.`.replace("  ", " "),
  };
}

function readId(value: unknown, what: string): string | Fault {
  if (value === undefined || value === null || value === "") {
    return { code: "missing_key", sentence: `There is no ${what}.` };
  }
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string" || text.trim() === "") {
    return {
      code: "missing_key",
      sentence: `The ${what} must be a whole number, but S-360 sent ${nameOf(value)}.`,
    };
  }
  return withinLength(text.trim(), what);
}

function withinLength(key: string, what: string): string | Fault {
  if (key.length <= maxKeyLength) return recordKeyOf(key);
  return { code: "missing_key", sentence: `The ${what} is longer than ${maxKeyLength} characters.` };
}

/** The documented body, or the same inside a one-key wrapper (s360.md §2.6, §8.1). */
function unwrap(value: unknown, wrapper: string, keyName: string): unknown {
  return isObject(value) && !(keyName in value) && wrapper in value ? value[wrapper] : value;
}

function unusable(sentence: string): { records: InboundRecord[]; fault: Fault } {
  return { records: [], fault: { code: "unusable_item", sentence } };
}

function mergeFaults(faults: readonly Fault[]): Fault {
  const [first] = faults;
  if (!first) throw new Error("mergeFaults needs at least one fault");
  return {
    ...first,
    sentence: faults
      .slice(0, 5)
      .map((fault) => fault.sentence)
      .join(" "),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value === "string" ? "text" : typeof value}`;
}
