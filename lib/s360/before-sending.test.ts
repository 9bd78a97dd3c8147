import { describe, expect, it } from "vitest";
import { scriptedVenues, success } from "./test-scripted-venue";

const { open } = scriptedVenues();

/** Somebody else sees to it by now. */
class SeenTo extends Error {}

describe("what is called before a call is sent", () => {
  it("is called once the gate has let the call pass", async () => {
    const order: string[] = [];
    const { side } = await open(
      () => {
        order.push("sent");
        return success({ contactNumber: "7", orderId: 1 });
      },
      { takeToken: async () => void order.push("gate") },
    );
    const before = async (): Promise<void> => void order.push("before");
    await side.read("7", { before });
    await side.readOrder("1", { before });
    await side.save("individual", { contactNumber: "7" }, undefined, before);
    expect(order).toEqual(Array(3).fill(["gate", "before", "sent"]).flat());
  });

  it("keeps it from being sent by throwing, and throws what it threw", async () => {
    const { venue, side } = await open();
    const before = async (): Promise<void> => {
      throw new SeenTo();
    };
    await expect(side.read("7", { before })).rejects.toBeInstanceOf(SeenTo);
    await expect(side.readOrder("1", { before })).rejects.toBeInstanceOf(SeenTo);
    await expect(side.save("individual", {}, undefined, before)).rejects.toBeInstanceOf(SeenTo);
    expect(venue.calls).toEqual([]);
  });
});
