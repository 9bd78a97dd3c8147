/** What a change of a mapping does: comparisons, golden samples, counting and re-processing. */
import * as census from "@/app/api/mappings/[id]/census/route";
import * as behind from "@/app/api/mappings/[id]/comparison/[run]/records/route";
import * as comparison from "@/app/api/mappings/[id]/comparison/[run]/route";
import * as costs from "@/app/api/mappings/[id]/comparison/costs/route";
import * as comparisons from "@/app/api/mappings/[id]/comparison/route";
import * as expectation from "@/app/api/mappings/[id]/golden/[sample]/expect/route";
import * as sample from "@/app/api/mappings/[id]/golden/[sample]/route";
import * as check from "@/app/api/mappings/[id]/golden/check/route";
import * as propose from "@/app/api/mappings/[id]/golden/propose/route";
import * as golden from "@/app/api/mappings/[id]/golden/route";
import * as reprocess from "@/app/api/mappings/[id]/reprocess/route";
import { aList, anObject, anObjectOrNull, members, number, type ToldGroup } from "./told";

const standing = {
  says: "How counting and re-processing stand.",
  schema: members({ census: anObjectOrNull, run: anObjectOrNull }),
};

export const comparing: ToldGroup = {
  tag: "Comparisons",
  paths: {
    "/api/mappings/[id]/comparison": {
      handlers: comparisons,
      GET: {
        summary: "The latest comparison of a draft with what Salesforce holds",
        answer: { says: "The comparison; null when there was none.", schema: anObjectOrNull },
      },
      POST: {
        summary: "Begin a comparison; it goes on after the answer, and nothing is written to either system",
        answer: { says: "Its number.", schema: members({ id: number }) },
        problems: [404, 502],
      },
    },
    "/api/mappings/[id]/comparison/costs": {
      handlers: costs,
      GET: {
        summary: "What comparing the latest records would cost, without doing it",
        answer: { says: "Records and calls.", schema: anObject },
        problems: [404],
      },
    },
    "/api/mappings/[id]/comparison/[run]": {
      handlers: comparison,
      DELETE: {
        summary: "Stop a comparison; what was found so far stays",
        answer: { says: "Whether it was still going on.", schema: members({ stopped: { type: "boolean" } }) },
      },
    },
    "/api/mappings/[id]/comparison/[run]/records": {
      handlers: behind,
      GET: {
        summary: "The records behind a number of a comparison, before and after",
        answer: { says: "A page of them.", schema: anObjectOrNull },
      },
    },
  },
};

export const samples: ToldGroup = {
  tag: "Golden samples",
  paths: {
    "/api/mappings/[id]/golden": {
      handlers: golden,
      GET: {
        summary: "The golden samples of a mapping",
        answer: { says: "The samples.", schema: aList },
      },
      POST: {
        summary: "Keep a record made nobody's, with what the document gives for it as the expectation",
        answer: { says: "The sample.", schema: anObject },
        problems: [404, 409],
      },
    },
    "/api/mappings/[id]/golden/propose": {
      handlers: propose,
      POST: {
        summary: "A record made nobody's, to be looked at before it is kept; stores nothing",
        answer: { says: "The made-up record, and what the document gives for it.", schema: anObject },
        problems: [404, 409],
      },
    },
    "/api/mappings/[id]/golden/check": {
      handlers: check,
      POST: {
        summary: "Every golden sample through a document",
        answer: { says: "As expected, or where not.", schema: aList },
        problems: [404],
      },
    },
    "/api/mappings/[id]/golden/[sample]": {
      handlers: sample,
      PATCH: {
        summary: "Rename, remove or put back a golden sample",
        answer: { says: "What was done, and the revision.", schema: anObject },
        problems: [409],
      },
    },
    "/api/mappings/[id]/golden/[sample]/expect": {
      handlers: expectation,
      POST: {
        summary: "Change what a golden sample is to get",
        answer: {
          says: "The revision, and the fields whose typed value was made up.",
          schema: members({ revision: number, replaced: { type: "array" } }),
        },
        problems: [404, 409],
      },
    },
  },
};

export const reprocessing: ToldGroup = {
  tag: "Re-processing",
  paths: {
    "/api/mappings/[id]/census": {
      handlers: census,
      POST: {
        summary: "Count the records whose result the published version changes",
        answer: standing,
        problems: [404, 409],
      },
      PATCH: { summary: "Pause, resume or cancel counting", answer: standing, problems: [404, 409] },
    },
    "/api/mappings/[id]/reprocess": {
      handlers: reprocess,
      GET: {
        summary: "What the published version changes, and how taking records through it stands",
        answer: standing,
        problems: [404],
      },
      POST: {
        summary: "Take the records that were counted through the published version",
        answer: standing,
        problems: [404, 409],
      },
      PATCH: { summary: "Pause, resume or cancel re-processing", answer: standing, problems: [404, 409] },
    },
  },
};
