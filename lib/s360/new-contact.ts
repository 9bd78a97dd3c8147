/** What a new contact starts with (s360.md §1.4, §8.2, §8.3): enough to tell its kind, the rest is the mapping's. */
import type { Contact } from "@/lib/core/contact-side";
import type { ContactKind } from "@/lib/core/words";

/** A relay is an individual with the role of one and a connection to its structure. */
export function newContact(kind: ContactKind, structureNumber: string | null): Contact {
  switch (kind) {
    case "structure":
      return { structureContact: {} };
    case "individual":
      return { individualContact: {} };
    case "relay":
      return {
        role: "RELAY",
        individualContact: {},
        ...(structureNumber !== null && { contactConnections: [{ contactNumber: structureNumber }] }),
      };
  }
}
