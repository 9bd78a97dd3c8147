import { expect, test } from "vitest";
import type { ContactSide, OrderReader } from "@/lib/core/contact-side";
import { FaultError, type FaultCode } from "@/lib/core/faults";
import { gateOrigin, withBackOff } from "./s360-back-off";

const fault = (code: FaultCode, origin = "HTTP_509") =>
  new FaultError({ code, sentence: "", origin: { code: origin, message: "" } });

/** A side whose reads end as they are told to, and the pauses that were asked for. */
function watched() {
  const pauses: number[] = [];
  const pending: { answer: () => void; refuse: (error: Error) => void }[] = [];
  const ask = <T>(answer: T) =>
    new Promise<T>((resolve, reject) => {
      pending.push({ answer: () => resolve(answer), refuse: reject });
    });
  const side: ContactSide & OrderReader = {
    read: () => ask(null),
    readOrder: () => ask(null),
    save: () => ask({ contactNumber: "1", contact: null }),
    search: () => ask([]),
    blank: () => ({}),
    queryFor: () => null,
    marked: (contact) => contact,
    tooLong: () => [],
  };
  const slowed = withBackOff(side, (ms) => {
    pauses.push(ms);
    return Promise.resolve();
  });
  const next = () => pending.shift();
  async function refused(error: Error = fault("s360_limit")): Promise<void> {
    const call = slowed.read("1");
    next()?.refuse(error);
    await expect(call).rejects.toBe(error);
  }
  async function answered(): Promise<void> {
    const call = slowed.search({});
    next()?.answer();
    await call;
  }
  return { slowed, pauses, next, refused, answered };
}

test("each refusal in a row doubles the pause, from five seconds to five minutes; an answer starts afresh", async () => {
  const { pauses, refused, answered } = watched();
  for (let n = 0; n < 8; n++) await refused();
  await answered();
  await refused();
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 5].map((seconds) => seconds * 1_000));
});

test("calls that were under way together count once, and their late answers do not start afresh", async () => {
  const { slowed, pauses, next, refused } = watched();
  const calls = [slowed.read("1"), slowed.save("individual", {}), slowed.search({})];
  const [first, second, third] = [next(), next(), next()];
  first?.refuse(fault("s360_limit"));
  second?.refuse(fault("s360_limit"));
  third?.answer();
  await Promise.allSettled(calls);
  await refused();
  expect(pauses).toEqual([5_000, 10_000]);
});

test("other faults, and refusals of the own gate, are no reason to slow down", async () => {
  const { pauses, refused } = watched();
  await refused(fault("s360_quota"));
  await refused(fault("s360_limit", gateOrigin));
  await refused(new Error("a programming error"));
  expect(pauses).toEqual([]);
});
