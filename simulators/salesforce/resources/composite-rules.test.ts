import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody, type RowResult, type SubResult } from "../test-org";

const org = useOrg();
const BASE = "/services/data/v62.0";
const DESCRIBE = { method: "GET", url: `${BASE}/sobjects/Contact/describe`, referenceId: "d" };

interface CompositeBody {
  compositeResponse: SubResult[];
}

const send = (compositeRequest: unknown[], more: Record<string, unknown> = {}, version = "62.0") =>
  org.api<CompositeBody & ErrorBody>("POST", "/composite", { compositeRequest, ...more }, {}, version);

const refusal = async (compositeRequest: unknown[], more: Record<string, unknown> = {}) => {
  const { status, body } = await send(compositeRequest, more);
  return [status, body[0]?.errorCode];
};

const post = (object: string, referenceId: string, body: unknown) => ({
  method: "POST",
  url: `${BASE}/sobjects/${object}`,
  referenceId,
  body,
});

describe("the body of a Composite call", () => {
  it("knows its properties, case and all", async () => {
    expect(await refusal([DESCRIBE], { allornone: true })).toEqual([400, "JSON_PARSER_ERROR"]);
    expect(await refusal([{ ...DESCRIBE, referenceID: "x" }])).toEqual([400, "JSON_PARSER_ERROR"]);
    expect(await refusal([{ ...DESCRIBE, method: "get" }])).toEqual([400, "INVALID_INPUT"]);
    expect(await refusal([{ ...DESCRIBE, method: "HEAD" }])).toEqual([400, "INVALID_INPUT"]);
    expect(await refusal([])).toEqual([400, "INVALID_INPUT"]);
    expect(await refusal([DESCRIBE], { collateSubrequests: 1 })).toEqual([400, "JSON_PARSER_ERROR"]);
  });

  it("gives subrequests no headers that they inherit", async () => {
    for (const name of ["Authorization", "Accept", "content-type"]) {
      expect(await refusal([{ ...DESCRIBE, httpHeaders: { [name]: "x" } }])).toEqual([400, "INVALID_INPUT"]);
    }
  });

  it("takes strict reference ids since 52.0", async () => {
    const odd = [
      post("Account", "new[1]", { Name: "Odd" }),
      post("Contact", "con", { LastName: "x", AccountId: "@{new[1].id}" }),
    ];
    expect((await send(odd)).body[0]).toEqual({
      errorCode: "JSON_PARSER_ERROR",
      message:
        "Provided referenceId ('new[1]') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').",
    });
    const older = (await send(odd, {}, "51.0")).body.compositeResponse;
    expect(older.map((reply) => reply.httpStatusCode)).toEqual([201, 400]);
    expect((older[1]?.body as ErrorBody)[0]?.errorCode).toBe("PROCESSING_HALTED");
  });

  it("does not exist before 38.0; GET lists what it leads to", async () => {
    expect((await send([DESCRIBE], {}, "37.0")).status).toBe(404);
    expect((await org.api("GET", "/composite")).body).toEqual({
      sobjects: "/services/data/v62.0/composite/sobjects",
    });
  });
});

describe("references of a Composite call", () => {
  it("carry values with their types, and null since 52.0", async () => {
    const id = await org.create("Account", { Name: "Source", NumberOfEmployees: 7 });
    const copy = [
      {
        method: "GET",
        url: `${BASE}/sobjects/Account/${id}?fields=Name,NumberOfEmployees,Site`,
        referenceId: "source",
      },
      post("Account", "copy", {
        Name: "Copy of @{source.Name}",
        NumberOfEmployees: "@{source.NumberOfEmployees}",
        Site: "@{source.Site}",
      }),
    ];
    const [, saved] = (await send(copy)).body.compositeResponse;
    const row = await org.api("GET", `/sobjects/Account/${(saved?.body as RowResult).id}`);
    expect(row.body).toMatchObject({ Name: "Copy of Source", NumberOfEmployees: 7, Site: null });
    const older = (await send(copy, {}, "51.0")).body.compositeResponse;
    expect(older[1]?.httpStatusCode).toBe(400);
  });

  it("are case-sensitive and reach into lists and addresses", async () => {
    const id = await org.create("Account", { Name: "Deep", BillingCity: "Bern" });
    const replies = (
      await send([
        {
          method: "GET",
          url: `${BASE}/query?q=SELECT+Id,BillingAddress+FROM+Account+WHERE+Id='${id}'`,
          referenceId: "q",
        },
        post("Contact", "c", { LastName: "@{q.records[0].BillingAddress.city}" }),
        post("Contact", "wrong", { LastName: "@{q.Records[0].Id}" }),
      ])
    ).body.compositeResponse;
    expect(replies.map((reply) => reply.httpStatusCode)).toEqual([200, 201, 400]);
  });
});

describe("allOrNone of Composite and of Collections in it", () => {
  const call = async (outer: boolean, inner: boolean, tag: string) => {
    const records = [{ Name: `Good ${tag}` }, { Site: "no name" }].map((row) => ({
      attributes: { type: "Account" },
      ...row,
    }));
    const { body } = await send(
      [
        {
          method: "POST",
          url: `${BASE}/composite/sobjects`,
          referenceId: "rows",
          body: { allOrNone: inner, records },
        },
        post("Contact", "contact", { LastName: `Beside ${tag}` }),
      ],
      { allOrNone: outer, collateSubrequests: false },
    );
    const kept = [
      ...(await org.query(`SELECT Id FROM Account WHERE Name = 'Good ${tag}'`)),
      ...(await org.query(`SELECT Id FROM Contact WHERE LastName = 'Beside ${tag}'`)),
    ];
    const rows = body.compositeResponse[0]?.body as { success: boolean }[];
    return {
      statuses: body.compositeResponse.map((reply) => reply.httpStatusCode),
      good: rows.map(({ success }) => success),
      kept: kept.length,
    };
  };

  it.each([
    [false, false, [200, 201], [true, false], 2],
    [false, true, [200, 201], [false, false], 1],
    [true, true, [200, 400], [false, false], 0],
    [true, false, [200, 400], [true, false], 0],
  ])("outer %s and inner %s", async (outer, inner, statuses, good, kept) => {
    expect(await call(outer, inner, `${outer}-${inner}`)).toEqual({ statuses, good, kept });
  });
});

describe("headers of subrequests", () => {
  it("are their own: a condition, and insisting on a duplicate", async () => {
    await org.control("POST", "/duplicate-rules", { object: "Contact", match: [{ field: "Email" }] });
    const id = await org.create("Contact", { LastName: "First", Email: "first@mail.example" });
    const twin = { LastName: "Twin", Email: "first@mail.example" };
    const insist = { "Sforce-Duplicate-Rule-Header": "allowSave=true" };
    const { body } = await org.api<CompositeBody>(
      "POST",
      "/composite",
      {
        compositeRequest: [
          post("Contact", "refused", twin),
          { ...post("Contact", "insisted", twin), httpHeaders: insist },
          {
            method: "PATCH",
            url: `${BASE}/sobjects/Contact/${id}`,
            referenceId: "late",
            body: { Title: "x" },
            httpHeaders: { "If-Unmodified-Since": "Mon, 01 Jan 2024 00:00:00 GMT" },
          },
        ],
      },
      insist,
    );
    await org.control("DELETE", "/duplicate-rules");
    expect(body.compositeResponse.map((reply) => reply.httpStatusCode)).toEqual([400, 201, 412]);
    expect(body.compositeResponse[0]?.body).toMatchObject([{ errorCode: "DUPLICATES_DETECTED" }]);
  });
});

describe("a subrequest that was made to break things", () => {
  const first = async (compositeRequest: unknown[]) => (await send(compositeRequest)).body.compositeResponse;

  it.each(["/\\[::", "//[::/services/data/v62.0/limits"])("has no address in %s", async (url) => {
    const [reply] = await first([{ method: "GET", url, referenceId: "r" }]);
    expect(reply).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: "BAD_REQUEST" }] });
  });

  it("stays in this org", async () => {
    const url = "//elsewhere.example/services/data/v62.0/limits";
    const [reply] = await first([{ method: "GET", url, referenceId: "r" }]);
    expect(reply).toMatchObject({ httpStatusCode: 404, body: [{ errorCode: "NOT_FOUND" }] });
  });

  it.each(["constructor", "toString", "__proto__"])("refers to nothing by the name %s", async (name) => {
    const [, second] = await first([
      post("Contact", "a", { LastName: "Whole" }),
      post("Contact", "b", { LastName: `@{a.${name}}` }),
    ]);
    expect(second).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] });
  });

  it("nests no deeper than anything that walks through it", async () => {
    const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const body = (depth: number) =>
      `{"compositeRequest":[{"method":"POST","url":"${BASE}/sobjects/Contact","referenceId":"a","body":${deep(depth)}}]}`;
    const sendText = (text: string) => org.api<ErrorBody>("POST", "/composite", text);
    expect(await sendText(body(20_000))).toMatchObject({
      status: 400,
      body: [{ errorCode: "JSON_PARSER_ERROR" }],
    });
    expect((await sendText(body(900))).status).toBe(200);
  });
});
