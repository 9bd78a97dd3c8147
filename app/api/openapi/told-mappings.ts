/** Mappings: drafts, versions, and where they write. */
import * as draft from "@/app/api/mappings/[id]/draft/route";
import * as filterCount from "@/app/api/mappings/[id]/filter-count/route";
import * as preview from "@/app/api/mappings/[id]/preview/route";
import * as publish from "@/app/api/mappings/[id]/publish/route";
import * as restore from "@/app/api/mappings/[id]/restore/route";
import * as one from "@/app/api/mappings/[id]/route";
import * as run from "@/app/api/mappings/[id]/run/route";
import * as samples from "@/app/api/mappings/[id]/samples/route";
import * as source from "@/app/api/mappings/[id]/source/route";
import * as stop from "@/app/api/mappings/[id]/stop/route";
import * as target from "@/app/api/mappings/[id]/target/route";
import * as left from "@/app/api/mappings/[id]/versions/[number]/left/route";
import * as version from "@/app/api/mappings/[id]/versions/[number]/route";
import * as object from "@/app/api/mappings/objects/[object]/route";
import * as objects from "@/app/api/mappings/objects/route";
import * as all from "@/app/api/mappings/route";
import { aList, anObject, anObjectOrNull, members, type ToldGroup } from "./told";

const done = {
  says: "What was done.",
  schema: { type: "object", properties: { outcome: { type: "string" } }, required: ["outcome"] },
};
const fields = { says: "The fields; null while the org was never asked.", schema: anObjectOrNull };

export const mappings: ToldGroup = {
  tag: "Mappings",
  paths: {
    "/api/mappings": {
      handlers: all,
      GET: {
        summary: "The mappings of a connection",
        answer: { says: "Their names, kinds and versions.", schema: aList },
        problems: [404],
      },
      POST: {
        summary: "A new mapping with nothing but its key line",
        answer: { says: "Where it is.", schema: anObject },
        problems: [404, 422],
      },
    },
    "/api/mappings/[id]": {
      handlers: one,
      GET: {
        summary: "A mapping with its draft and the list of its versions",
        answer: { says: "The mapping.", schema: anObject },
        problems: [404],
      },
      DELETE: {
        summary: "Remove a mapping that never wrote a record",
        answer: done,
        problems: [404, 422],
      },
    },
    "/api/mappings/[id]/draft": {
      handlers: draft,
      GET: {
        summary: "Which draft is stored",
        answer: { says: "Its revision, who saved it and when.", schema: anObject },
        problems: [404],
      },
      PUT: {
        summary: "Save the draft that was opened at a revision",
        answer: done,
        problems: [404, 409],
      },
    },
    "/api/mappings/[id]/publish": {
      handlers: publish,
      POST: {
        summary: "Publish the draft saved at a revision",
        answer: done,
        problems: [404, 409, 422],
      },
    },
    "/api/mappings/[id]/restore": {
      handlers: restore,
      POST: {
        summary: "Publish what an earlier version said as a new version",
        answer: done,
        problems: [404, 409, 422],
      },
    },
    "/api/mappings/[id]/run": {
      handlers: run,
      POST: {
        summary: "Let the version that ran last run again, after a stop",
        answer: done,
        problems: [404, 422],
      },
    },
    "/api/mappings/[id]/stop": {
      handlers: stop,
      POST: {
        summary: "Stop what is published of a mapping; its draft and versions stay",
        answer: done,
        problems: [404],
      },
    },
    "/api/mappings/[id]/versions/[number]": {
      handlers: version,
      GET: {
        summary: "What a published version said",
        answer: { says: "The version with its document.", schema: anObject },
        problems: [404],
      },
    },
    "/api/mappings/[id]/versions/[number]/left": {
      handlers: left,
      GET: {
        summary: "The fields that restoring a version would leave as later ones filled them",
        answer: { says: "The fields, and how many records each.", schema: anObject },
        problems: [404],
      },
    },
    "/api/mappings/[id]/preview": {
      handlers: preview,
      POST: {
        summary: "What a document would do to a record; nothing is stored, and neither system is asked",
        answer: { says: "The result, line by line.", schema: anObject },
        problems: [404],
      },
    },
    "/api/mappings/[id]/filter-count": {
      handlers: filterCount,
      POST: {
        summary: "Of how many of the latest records a document would let take part",
        answer: { says: "The numbers; null while the org was never asked.", schema: anObjectOrNull },
        problems: [404],
      },
    },
    "/api/mappings/[id]/samples": {
      handlers: samples,
      GET: {
        summary: "Recent real records to try a mapping on, found by number, e-mail or name",
        answer: { says: "The records.", schema: aList },
        problems: [404],
      },
    },
    "/api/mappings/[id]/source": {
      handlers: source,
      GET: {
        summary: "What the latest records of the mapping's kind hold, and what S-360 may send besides",
        answer: { says: "Names with examples, codes and value maps.", schema: anObject },
        problems: [404],
      },
    },
    "/api/mappings/[id]/target": {
      handlers: target,
      GET: {
        summary: "The fields of the mapping's object, as the org described them last",
        answer: fields,
        problems: [404],
      },
      POST: { summary: "The same, after asking the org now", answer: fields, problems: [404, 502] },
    },
    "/api/mappings/objects": {
      handlers: objects,
      GET: {
        summary: "The objects of the org that a mapping may write; asks Salesforce, one call",
        answer: { says: "Their names and labels.", schema: aList },
        problems: [404, 502],
      },
    },
    "/api/mappings/objects/[object]": {
      handlers: object,
      GET: {
        summary: "The fields of an object that can carry S-360's number",
        answer: {
          says: "The object as mappings write it, and the fields.",
          schema: members({ object: { type: "string" }, keyFields: aList }),
        },
        problems: [404, 502],
      },
    },
  },
};
