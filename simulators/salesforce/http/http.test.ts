import { request as httpRequest, type IncomingMessage } from "node:http";
import { deflateSync, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg({ prefix: "secutix__" });

interface RawAnswer {
  status: number;
  headers: IncomingMessage["headers"];
  bytes: Buffer;
}

/** A request exactly as given: no header is added but Authorization, nothing is unpacked. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Buffer | string,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(org.url);
    const sent = httpRequest(
      { hostname, port, method, path, headers: { authorization: `Bearer ${org.accessToken}`, ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const api = "/services/data/v62.0";
const json = { "content-type": "application/json" };
const bodyOf = (answer: RawAnswer) => JSON.parse(answer.bytes.toString()) as unknown;
const bare = (name: string) => ({ LastName: name });

describe("what a client accepts", () => {
  it("is JSON: other formats are refused, with 406 and before any work", async () => {
    for (const accept of ["application/xml", "text/html", "text/csv"]) {
      const { status, body } = await org.api<ErrorBody>("GET", "/limits", undefined, { accept });
      expect([status, body[0]?.errorCode]).toEqual([406, "NOT_ACCEPTABLE"]);
    }
    const mixed = { accept: "text/html;q=0.9, application/*" };
    expect((await org.api("GET", "/limits", undefined, mixed)).status).toBe(200);
    const refused = await org.api<ErrorBody>("POST", "/sobjects/Contact", bare("Never"), {
      accept: "application/xml",
    });
    expect(refused.status).toBe(406);
    expect(await org.stored("Contact")).toEqual([]);
  });

  it("may be a suffix of the URL up to 57.0; later that is another resource", async () => {
    const id = await org.create("Account", { Name: "Suffixed" });
    const status = async (path: string, version: string) =>
      (await org.api("GET", path, undefined, {}, version)).status;
    for (const path of ["/sobjects", `/sobjects/Account/${id}`]) {
      expect([await status(`${path}.json`, "57.0"), await status(`${path}.json`, "58.0")]).toEqual([
        200, 404,
      ]);
      expect([await status(`${path}.xml`, "57.0"), await status(`${path}.xml`, "58.0")]).toEqual([406, 404]);
    }
  });

  it("may be compressed: gzip first, then deflate, and only above 1 KB", async () => {
    const packed = await raw("GET", `${api}/sobjects`, { "accept-encoding": "deflate, gzip" });
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(gunzipSync(packed.bytes).toString())).toHaveProperty("sobjects");
    const refused = await raw("GET", `${api}/sobjects`, { "accept-encoding": "gzip;q=0, deflate" });
    expect(refused.headers["content-encoding"]).toBe("deflate");
    const plain = await raw("GET", `${api}/sobjects`);
    expect(plain.headers).not.toHaveProperty("content-encoding");
    const small = await raw("GET", `${api}/recent`, { "accept-encoding": "gzip" });
    expect(small.headers).not.toHaveProperty("content-encoding");
  });

  it("may be printed to be read", async () => {
    const { bytes } = await raw("GET", `${api}/limits/recordCount?sObjects=Opportunity`, {
      "x-prettyprint": "1",
    });
    expect(bytes.toString()).toBe(
      '{\n  "sObjects" : [ {\n    "count" : 0,\n    "name" : "Opportunity"\n  } ]\n}',
    );
  });
});

describe("a body", () => {
  it("may be packed, and come in chunks", async () => {
    const text = JSON.stringify(bare("Packed"));
    const send = (encoding: string, bytes: Buffer) =>
      raw("POST", `${api}/sobjects/Contact`, { ...json, "content-encoding": encoding }, bytes);
    expect((await send("gzip", gzipSync(text))).status).toBe(201);
    expect((await send("deflate", deflateSync(text))).status).toBe(201);
    const chunked = await raw(
      "POST",
      `${api}/sobjects/Contact`,
      { ...json, "transfer-encoding": "chunked" },
      text,
    );
    expect(chunked.status).toBe(201);
    expect((await send("gzip", Buffer.from(text))).status).toBe(400);
    expect((await send("br", Buffer.from(text))).status).toBe(415);
  });

  it("is JSON in UTF-8, or is refused with 415", async () => {
    const send = (type: string) =>
      org.api<ErrorBody>("POST", "/sobjects/Contact", bare("Typed"), { "content-type": type });
    expect((await send("application/json; charset=UTF-8")).status).toBe(201);
    for (const type of ["application/xml", "text/plain", "application/json; charset=ISO-8859-1"]) {
      expect(await send(type)).toMatchObject({
        status: 415,
        body: [
          {
            errorCode: "UNSUPPORTED_MEDIA_TYPE",
            message: `Content-Type header specified in HTTP request is not supported: ${type}`,
          },
        ],
      });
    }
  });

  it("has at most 50 MB", async () => {
    const answer = await raw(
      "POST",
      `${api}/sobjects/Contact`,
      json,
      Buffer.alloc(50 * 1024 * 1024 + 1, " "),
    );
    expect(answer.status).toBe(413);
    expect(bodyOf(answer)).toEqual([
      {
        errorCode: "EXCEEDED_MAX_SIZE_REQUEST",
        message: "The size of a message sent to the API exceeded 50 MB.",
      },
    ]);
  });
});

describe("a multipart body", () => {
  it("is refused by a resource that takes JSON", async () => {
    const answer = await raw(
      "POST",
      `${api}/sobjects/Contact`,
      { "content-type": "multipart/form-data; boundary=x" },
      '--x\r\nContent-Disposition: form-data; name="entity"\r\n\r\n{}\r\n--x--\r\n',
    );
    expect([answer.status, bodyOf(answer)]).toMatchObject([415, [{ errorCode: "UNSUPPORTED_MEDIA_TYPE" }]]);
  });
});

describe("an address", () => {
  it("that is too long is refused, alone with 414 and with its headers with 431", async () => {
    expect((await raw("GET", `${api}/query?q=${"x".repeat(16_400)}`)).status).toBe(414);
    const long = await raw("GET", `${api}/query?q=${"x".repeat(12_000)}`, { "x-long": "y".repeat(5_000) });
    expect(long.status).toBe(431);
    expect(long.headers["sforce-limit-info"]).toBeUndefined();
  });

  it("that is not well formed is refused with 400", async () => {
    expect((await raw("GET", `${api}/sobjects/Contact/%zz`)).status).toBe(400);
    expect((await raw("GET", `${api}/query?q=100%`)).status).toBe(400);
  });

  it("of a version that was retired, or that this org does not speak, says which", async () => {
    const get = (version: string) => org.api<ErrorBody>("GET", "/limits", undefined, {}, version);
    expect(await get("30.0")).toMatchObject({ status: 410, body: [{ errorCode: "GONE" }] });
    expect(await get("36.0")).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
    expect(await get("67.0")).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
    expect((await get("37.0")).status).toBe(200);
  });
});

describe("a method", () => {
  it("may be named in a POST, for libraries that know no PATCH", async () => {
    const id = await org.create("Contact", { LastName: "Override" });
    const change = await org.api("POST", `/sobjects/Contact/${id}?_HttpMethod=PATCH`, { FirstName: "Pat" });
    expect(change.status).toBe(204);
    expect((await org.api("POST", `/sobjects/Contact/${id}?_HttpMethod=DELETE`)).status).toBe(204);
    expect((await org.api("GET", `/sobjects/Contact/${id}`)).status).toBe(404);
  });

  it("HEAD answers the headers of GET without its body", async () => {
    const get = await raw("GET", `${api}/sobjects/Contact/describe`);
    const head = await raw("HEAD", `${api}/sobjects/Contact/describe`);
    expect(head.status).toBe(200);
    expect(head.bytes).toHaveLength(0);
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
    expect(head.headers["last-modified"]).toBe(get.headers["last-modified"]);
  });

  it("that a resource does not know is refused with those it does", async () => {
    const answer = await org.api<ErrorBody>("PUT", "/sobjects/Contact");
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("HEAD, GET, POST");
    expect(answer.body[0]).toEqual({
      errorCode: "METHOD_NOT_ALLOWED",
      message: "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,POST",
    });
  });
});

describe("Sforce-Limit-Info", () => {
  const info = (headers: Headers) => headers.get("sforce-limit-info");

  it("stands in every answer to a session, refusals included", async () => {
    for (const path of ["/limits", "/nothing", "/query?q=SELECT", "/sobjects/Contact/junk"]) {
      expect(info((await org.api("GET", path)).headers)).toMatch(/^api-usage=\d+\/100000$/);
    }
    expect(info((await org.api("DELETE", "/limits")).headers)).not.toBeNull();
  });

  it("does not stand where no call is counted: the list of versions, and a call without session", async () => {
    const versions = await fetch(`${org.url}/services/data/`);
    expect([versions.status, info(versions.headers)]).toEqual([200, null]);
    const expired = await org.api("GET", "/limits", undefined, { authorization: "Bearer none" });
    expect([expired.status, info(expired.headers)]).toEqual([401, null]);
    expect(expired.headers.get("www-authenticate")).toBe("Token");
  });
});

describe("Sforce-Call-Options", () => {
  const get = (path: string, options: string) =>
    org.api<ErrorBody>("GET", path, undefined, { "Sforce-Call-Options": options });

  it("names the client, which the call log keeps", async () => {
    await get("/limits", "client=SampleClient/100");
    const { body } = await org.control<{ calls: { client?: string }[] }>("GET", "/calls");
    expect(body.calls.at(-1)?.client).toBe("client=SampleClient/100");
  });

  it.each(["client=x; defaultNamespace=secutix", "client=x, defaultNamespace=SECUTIX"])(
    "asks to resolve names, which is refused where it would change something: %s",
    async (options) => {
      const soql = encodeURIComponent("SELECT SyncId__c FROM Contact");
      for (const path of [`/query?q=${soql}`, "/sobjects/Contact", "/sobjects/Contact/SyncId__c/1"]) {
        expect(await get(path, options)).toMatchObject({
          status: 400,
          body: [{ errorCode: "INVALID_HEADER" }],
        });
      }
      expect((await get("/sobjects/Contact/describe", options)).status).toBe(200);
    },
  );

  it("of a namespace that the org has nothing of makes no difference", async () => {
    expect((await get("/sobjects/Contact", "defaultNamespace=battle")).status).toBe(200);
  });
});
