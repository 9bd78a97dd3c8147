import type { Simulator } from "../simulator";
import { idText, type JsonObject } from "../venue/json";
import { BusinessError } from "./envelope";

/** A Long in JSON: no quotes, no fraction, at most 19 digits. */
const long = /^[1-9]\d{0,18}$/;

/** `getOrderDetails`: the order of this id down to its tickets. Order services say `expectedException` and `statusMessage` too. */
export function getOrderDetails(simulator: Simulator, body: JsonObject): JsonObject {
  const { orderId } = body;
  const id = idText(orderId);
  if (id === null) throw refused("error.request.validation", "orderId is required.");
  if (isQuoted(body) || !long.test(id))
    throw refused("error.request.validation", "orderId is not a whole number.");
  const order = simulator.venue.orders.get(id);
  if (order === undefined) throw refused("error.order.notFound", `There is no order with the id ${id}.`);
  return { orderDetailsData: order, statusMessage: null, expectedException: false };
}

const refused = (code: string, message: string) => new BusinessError(code, message, true);

/** A number that a double cannot hold is carried as a marked text, which is longer than the id itself. */
function isQuoted({ orderId }: JsonObject): boolean {
  return typeof orderId === "string" && idText(orderId) === orderId;
}
