/** Initial imports: what S-360 has had for long, brought in at an admin's pace. */
import * as imports from "@/app/api/connections/[institution]/imports/route";
import * as canary from "@/app/api/imports/[id]/canary/route";
import * as csv from "@/app/api/imports/[id]/report/route";
import * as one from "@/app/api/imports/[id]/route";
import { aList, anObject, members, type ToldGroup } from "./told";

const all = {
  says: "The latest of each stream with how it stands, and the earlier ones.",
  schema: members({ current: aList, earlier: aList }),
};

export const importing: ToldGroup = {
  tag: "Initial import",
  paths: {
    "/api/connections/[institution]/imports": {
      handlers: imports,
      GET: { summary: "The initial imports of a connection", answer: all, problems: [404] },
      POST: {
        summary: "Begin an import of contacts, orders or both; nothing is asked of S-360",
        answer: all,
        problems: [404, 409],
      },
    },
    "/api/imports/[id]": {
      handlers: one,
      GET: {
        summary: "What became of an import: counts, faults, and what is not written and why",
        answer: { says: "The report; of what is not written the first 50.", schema: anObject },
        problems: [404],
      },
      PATCH: {
        summary:
          "Approve the first records of an import, ask for more of them, pause, resume, finish or cancel it, or write what a cancelled one left",
        answer: { says: "How it stands then.", schema: anObject },
        problems: [404, 409, 422],
      },
    },
    "/api/imports/[id]/canary": {
      handlers: canary,
      GET: {
        summary: "The first records of an import, and what was written of them field by field",
        answer: {
          says: "The records, and the labels of the fields.",
          schema: members({ records: aList, labels: anObject }),
        },
        problems: [404],
      },
    },
    "/api/imports/[id]/report": {
      handlers: csv,
      GET: {
        summary: "The report of an import as a file for a spreadsheet",
        answer: {
          says: "Counts, faults, and up to 100,000 records that are not written.",
          type: "text/csv",
          schema: { type: "string" },
        },
        problems: [404],
      },
    },
  },
};
