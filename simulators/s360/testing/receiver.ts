import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { readJson, type Json, type JsonObject } from "../venue/json";

type Received = { method: string; path: string; headers: IncomingHttpHeaders; text: string; body: Json };
type AnswerWith = number | "hang up" | "stay silent" | { redirectTo: string };

export type Receiver = {
  url: string;
  received: Received[];
  /** How to answer; called with each request in turn. Default: 200. */
  answer: (request: Received, index: number) => AnswerWith | Promise<AnswerWith>;
  /** The items of every payload so far, payload by payload. */
  payloads(): JsonObject[][];
  close(): Promise<void>;
};

/** A CRM that stores what S-360 posts and answers as the test says. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    url: "",
    received: [],
    answer: () => 200,
    payloads: () =>
      receiver.received.map(({ body }) => (Array.isArray(body) ? body : [body]) as JsonObject[]),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const { method = "", url: path = "", headers } = request;
    const entry = { method, path, headers, text, body: text === "" ? null : readJson(text) };
    receiver.received.push(entry);
    const answer = await receiver.answer(entry, receiver.received.length - 1);
    if (answer === "hang up") request.socket.destroy();
    else if (typeof answer === "object") response.writeHead(307, { location: answer.redirectTo }).end();
    else if (answer !== "stay silent") response.writeHead(answer).end("ignored");
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The receiver has no port.");
  receiver.url = `http://127.0.0.1:${address.port}`;
  return receiver;
}
