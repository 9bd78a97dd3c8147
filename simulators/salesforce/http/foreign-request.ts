import { isIP } from "node:net";
import type { Exchange } from "./exchange";
import type { Reply } from "./send";

type Asked = Pick<Exchange, "url" | "headers">;

/**
 * Refuses what a page of another site sends through the browser of whoever runs the simulator. Programs name no origin
 * and pass.
 * @param host the name or address that the simulator was told to listen on
 * @returns the refusal, in the control endpoint's form; undefined for a request that may go on
 */
export function refuseForeignSite(asked: Asked, host: string): Reply | undefined {
  const { origin, "sec-fetch-site": site } = asked.headers;
  if ((origin !== undefined && origin !== asked.url.origin) || site === "cross-site") {
    return refusal("Only this simulator's own pages, and programs, may call its control endpoint.");
  }
  return refuseForeignName(asked, host);
}

/**
 * Refuses a request to a name that is not the simulator's own. Whoever owns a name can make it point to 127.0.0.1, and
 * then a page of that name would read the answers (DNS rebinding); addresses and `localhost` cannot be taken over so.
 */
export function refuseForeignName({ url }: Asked, host: string): Reply | undefined {
  const name = url.hostname;
  const isOwn =
    isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0 ||
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === host.toLowerCase();
  return isOwn ? undefined : refusal(`This simulator does not answer to the name ${name}; see --host.`);
}

function refusal(error: string): Reply {
  return { status: 403, body: { error } };
}
