import { objectInPath } from "./find-object";
import { listViewColumns, shownColumn, type ListViewColumn } from "./list-view-columns";
import { readLimit } from "./recent-items";
import { setupId } from "./setup-ids";
import { notFound } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import type { SObject } from "../model/schema";
import { normaliseId } from "../org/ids";
import { runSoql } from "../soql/run";

const BASE = /^\/sobjects\/([^/]+)\/listviews\/?$/;
const ONE = /^\/sobjects\/([^/]+)\/listviews\/([^/]+)\/?$/;
const DESCRIBE = /^\/sobjects\/([^/]+)\/listviews\/([^/]+)\/describe\/?$/;
const RESULTS = /^\/sobjects\/([^/]+)\/listviews\/([^/]+)\/results\/?$/;

/** List views: every object has one, "All …" (REST API guide, "sObject List Views" and the pages after it). */
export const listViewRoutes: Route[] = [
  { method: "GET", pattern: BASE, handle: listViews, composable: true },
  { method: "GET", pattern: ONE, handle: basicInformation, composable: true },
  { method: "GET", pattern: DESCRIBE, handle: describeListView, composable: true },
  { method: "GET", pattern: RESULTS, handle: results, composable: true },
];

const DEFAULT_ROWS = 25;
const MOST_ROWS = 2000;

function listViews(call: RestCall, [name = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, name);
  return {
    status: 200,
    body: {
      done: true,
      listviews: [information(call, object)],
      nextRecordsUrl: null,
      size: 1,
      sobjectType: object.name,
    },
  };
}

function basicInformation(call: RestCall, parameters: readonly string[]): RestReply {
  return { status: 200, body: information(call, objectOf(call, parameters)) };
}

function describeListView(call: RestCall, parameters: readonly string[]): RestReply {
  const object = objectOf(call, parameters);
  const columns = listViewColumns(call.schema, object);
  return {
    status: 200,
    body: {
      columns: columns.map(shownColumn),
      id: idOf(object),
      orderBy: orderOf(object).map((fieldNameOrPath) => ({
        fieldNameOrPath,
        nullsPosition: "first",
        sortDirection: "ascending",
      })),
      query: queryOf(object, columns),
      relatedEntityId: null,
      scope: "everything",
      sobjectType: object.name,
      whereCondition: { conditions: [], conjunction: "and" },
    },
  };
}

/** The first rows of the list, each value as text. `offset` counts from 1, as the guide says. */
function results(call: RestCall, parameters: readonly string[]): RestReply {
  const { org, schema, request } = call;
  const object = objectOf(call, parameters);
  const limit = request.query.has("limit") ? readLimit(request.query, MOST_ROWS) : DEFAULT_ROWS;
  const start = Math.max(0, Number(request.query.get("offset") ?? 1) - 1 || 0);
  const columns = listViewColumns(schema, object);
  const found = runSoql(org, schema, queryOf(object, columns), request.version, false);
  const page = found.page(start, { size: limit, keep: () => "" });
  const records = page.records.map((record) => ({
    columns: columns.map(({ path }) => ({ fieldNameOrPath: path, value: textAt(record, path) })),
  }));
  call.details.object = object.name;
  call.details.rows = records.length;
  return {
    status: 200,
    body: {
      columns: columns.map(shownColumn),
      developerName: `All${developerNameOf(object)}`,
      done: page.end >= found.rowCount,
      id: idOf(object),
      label: `All ${object.model.labelPlural}`,
      records,
      size: records.length,
    },
  };
}

/** @throws ApiError 404 when the object has no list view with this id */
function objectOf({ schema }: RestCall, [name = "", id = ""]: readonly string[]): SObject {
  const object = objectInPath(schema, name);
  if (normaliseId(id) !== idOf(object)) throw notFound();
  return object;
}

function information({ request }: RestCall, object: SObject) {
  const id = idOf(object);
  const url = `${versionPath(request.version)}/sobjects/${object.name}/listviews/${id}`;
  return {
    describeUrl: `${url}/describe`,
    developerName: `All${developerNameOf(object)}`,
    id,
    label: `All ${object.model.labelPlural}`,
    resultsUrl: `${url}/results`,
    soqlCompatible: true,
    url,
  };
}

function idOf(object: SObject): string {
  return setupId("00B", object.model.keyPrefix);
}

function developerNameOf({ model }: SObject): string {
  return model.labelPlural.replaceAll(/\W/g, "");
}

function orderOf(object: SObject): string[] {
  const nameField = object.model.fields.find((field) => field.nameField);
  return nameField ? [nameField.name, "Id"] : ["Id"];
}

function queryOf(object: SObject, columns: readonly ListViewColumn[]): string {
  const order = orderOf(object).map((name) => `${name} ASC NULLS FIRST`);
  return `SELECT ${columns.map(({ path }) => path).join(", ")} FROM ${object.name} ORDER BY ${order.join(", ")}`;
}

function textAt(record: unknown, path: string): string | null {
  let value: unknown = record;
  for (const name of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : null;
  }
  return value === null || value === undefined ? null : String(value);
}
