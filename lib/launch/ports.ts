import { createServer } from "node:net";
import { ConfigError } from "@/lib/platform/config";
import { hasCode } from "@/lib/platform/data-folder";

export type WantedPort = { setting: string; host: string; port: number; what: string };

/**
 * Makes sure before anything is started that every port can be had.
 * @throws ConfigError naming the port, who wants it and the setting to change
 */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<void> {
  const problems: string[] = [];
  for (const [index, one] of wanted.entries()) {
    const twin = wanted.slice(0, index).find((other) => other.port === one.port);
    const problem = twin ? `is what ${twin.setting} says too` : await whyNot(one);
    if (problem) {
      problems.push(
        `Port ${one.port}, wanted for ${one.what}, ${problem}. ` +
          `Choose another with ${one.setting}, for example: ${one.setting}=${one.port + 10} npm start`,
      );
    }
  }
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
}

function whyNot({ host, port }: WantedPort): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(reasonOf(error, host)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

function reasonOf(error: Error, host: string): string {
  if (hasCode(error, "EADDRINUSE")) return "is taken by another program";
  if (hasCode(error, "EACCES")) return "may only be used by the administrator of this machine";
  if (hasCode(error, "EADDRNOTAVAIL") || hasCode(error, "ENOTFOUND")) {
    return `cannot be used on ${host}, which is no address of this machine (setting HOST)`;
  }
  return `cannot be used (${error.message})`;
}
