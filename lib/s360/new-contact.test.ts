import { describe, expect, it } from "vitest";
import { contactKinds } from "@/lib/core/words";
import { newContact } from "./new-contact";
import { portray } from "./portrait";

describe("a new contact", () => {
  it.each(contactKinds)("is known as a %s, whatever the mapping adds", (kind) => {
    expect(portray("contact", newContact(kind, "0000009")).kind).toBe(kind);
  });

  it("names the structure that a relay acts for", () => {
    expect(newContact("relay", "0000009")).toEqual({
      role: "RELAY",
      individualContact: {},
      contactConnections: [{ contactNumber: "0000009" }],
    });
    expect(newContact("individual", "0000009")).toEqual({ individualContact: {} });
  });
});
