import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { checkPorts } from "./ports";

let server: Server | undefined;
afterEach(() => void server?.close());

async function takenPort(): Promise<number> {
  const taken = createServer();
  server = taken;
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const address = taken.address();
  return typeof address === "object" && address ? address.port : 0;
}

test("a taken port is named with who wants it and the setting to change", async () => {
  const port = await takenPort();
  const wanted = { setting: "PORT", host: "127.0.0.1", port, what: "the app" };
  await expect(checkPorts([wanted])).rejects.toThrow(
    new RegExp(
      `Port ${port}, wanted for the app, is taken by another program. .*PORT=${port + 10} npm start`,
    ),
  );
  server?.close();
  await new Promise((resolve) => server?.once("close", resolve));
  await checkPorts([wanted]);
});

test("two settings with one port are told apart", async () => {
  const one = { setting: "PORT", host: "127.0.0.1", port: 45_123, what: "the app" };
  await expect(
    checkPorts([one, { ...one, setting: "S360_SIMULATOR_PORT", what: "the venue" }]),
  ).rejects.toThrow(/Port 45123, wanted for the venue, is what PORT says too/);
});

test("an address that is not of this machine points to HOST", async () => {
  const wanted = { setting: "PORT", host: "192.0.2.1", port: 45_124, what: "the app" };
  await expect(checkPorts([wanted])).rejects.toThrow(
    /192\.0\.2\.1, which is no address of this machine \(setting HOST\)/,
  );
});
