import { describe, expect, test } from "vitest";
import { proxyAddress, proxyRule, unusableRange } from "./rule";

const settings = { httpsProxy: "http://proxy.venue.example:3128", httpProxy: "plain.venue.example" };

function goesThrough(address: string, noProxy?: string): string | null {
  const { protocol, hostname, port } = new URL(address);
  const target = { protocol, hostname, port: Number(port) || (protocol === "https:" ? 443 : 80) };
  return proxyRule({ ...settings, noProxy })(target)?.url.host ?? null;
}

test("each protocol has its proxy; without http:// in front it is one all the same", () => {
  expect(goesThrough("https://myvenue.ws.secutix.com")).toBe("proxy.venue.example:3128");
  expect(goesThrough("http://myvenue.ws.secutix.com")).toBe("plain.venue.example");
  expect(proxyRule({})({ protocol: "https:", hostname: "a.example", port: 443 })).toBeNull();
});

test.each(["http://localhost:3001", "https://127.0.0.1", "https://127.9.9.9:1", "https://[::1]:3002"])(
  "%s is this machine, which no proxy reaches",
  (address) => expect(goesThrough(address)).toBeNull(),
);

describe.each([
  ["a name", "secutix.com"],
  ["a name with a dot in front", ".secutix.com"],
  ["a name with a star in front", "*.secutix.com"],
  ["a list with blanks and empty entries", "a.example, ,b.example  SecuTix.com,"],
  ["everything", "*"],
  ["a name with the port", "secutix.com:443"],
])("NO_PROXY as %s", (_, noProxy) => {
  test("is called straight, with all names below it", () => {
    expect(goesThrough("https://myvenue.ws.secutix.com", noProxy)).toBeNull();
    expect(goesThrough("https://SECUTIX.com.", noProxy)).toBeNull();
  });
});

test("a name that only ends alike, and another port, go through the proxy", () => {
  expect(goesThrough("https://notsecutix.com", "secutix.com")).not.toBeNull();
  expect(goesThrough("https://ws.secutix.com:8443", "secutix.com:443")).not.toBeNull();
});

test("addresses and ranges of addresses", () => {
  expect(goesThrough("https://10.1.2.3", "10.0.0.0/8")).toBeNull();
  expect(goesThrough("https://11.1.2.3", "10.0.0.0/8")).not.toBeNull();
  expect(goesThrough("https://10.1.2.3", "10.1.2.3")).toBeNull();
  expect(goesThrough("https://10.1.2.3:8443", "10.1.2.3:8443")).toBeNull();
  expect(goesThrough("https://[fd00:0:0::7]", "fd00::7")).toBeNull();
  expect(goesThrough("https://[fd00::7]", "fd00::/8")).toBeNull();
  expect(goesThrough("https://[fd00::7]:8443", "[fd00::7]:8443")).toBeNull();
  expect(goesThrough("https://10.example", "10.0.0.0/8")).not.toBeNull();
});

test("ranges that are none are found", () => {
  expect(unusableRange("a.example,10.0.0.0/8,fd00::/8")).toBeNull();
  expect(unusableRange("10.0.0.0/33")).toBe("10.0.0.0/33");
  expect(unusableRange("a.example/8")).toBe("a.example/8");
});

test.each(["socks5://proxy:1080", "http://", "http://proxy/path", "ftp://proxy", "http://proxy?x"])(
  "%s is no proxy",
  (address) => expect(proxyAddress(address)).toBeNull(),
);
