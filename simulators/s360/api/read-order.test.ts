import { afterEach, beforeEach, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { call, control } from "../testing/api-client";

const service = "/tnseb/backend-apis/externalOrderService/v1_33";
let s360: S360Simulator;

beforeEach(async () => {
  s360 = await startS360Simulator();
  await fetch(`${s360.url}/__control/orders`, {
    method: "POST",
    body: '[{"orderId":10000900001,"operationDatas":[{"operationId":1}]},{"orderId":1234567890123456789}]',
  });
});
afterEach(() => s360.close());

const ask = (body: string) => call(s360, `${service}/getOrderDetails`, body);

it("gives an order inside orderDetailsData, beside the status of an order service", async () => {
  expect((await ask('{"orderId":10000900001,"requestId":5}')).body).toEqual({
    orderDetailsData: { orderId: 10000900001, operationDatas: [{ operationId: 1 }] },
    requestId: 5,
    statusCode: "success",
    statusDetail: null,
    statusMessage: null,
    expectedException: false,
  });
  expect((await ask('{"orderId":1234567890123456789}')).text).toContain('"orderId":1234567890123456789');
});

it.each([
  ['{"orderId":7}', "error.order.notFound"],
  ["{}", "error.request.validation"],
  ['{"orderId":null}', "error.request.validation"],
  ['{"orderId":"10000900001"}', "error.request.validation"],
  ['{"orderId":1.5}', "error.request.validation"],
  ['{"orderId":-1}', "error.request.validation"],
])("refuses %s", async (body, code) => {
  const answer = await ask(body);
  expect([answer.status, answer.body.statusCode, answer.body.statusDetail]).toEqual([200, "error", code]);
  expect(answer.body.expectedException).toBe(code === "error.order.notFound");
});

it("asks for a token, has no other method or version, and is logged by its order", async () => {
  const unsigned = await call(s360, `${service}/getOrderDetails`, { orderId: 7 }, { authorization: "" });
  expect(unsigned.status).toBe(401);
  expect((await call(s360, `${service}/getOrder`, {})).status).toBe(404);
  expect((await call(s360, `${service.replace("v1_33", "v1_32")}/getOrderDetails`, {})).status).toBe(404);
  expect((await call(s360, `${service.replace("tnseb", "tnco")}/getOrderDetails`, {})).status).toBe(404);
  await ask('{"orderId":7}');
  expect((await control(s360, "GET", "calls?key=7")).body).toMatchObject([
    { method: "getOrderDetails", contactNumber: null, orderId: "7", outcome: "error.order.notFound" },
  ]);
});
