/** A mail server of our own for tests: just enough of RFC 5321, with the faults that a test orders. */
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Head and body as they came, dots unstuffed. */
  readonly source: string;
}

export type SmtpFault =
  /** Takes the connection and says nothing. */
  | "says-nothing"
  /** Goes away in the middle of the mail. */
  | "drops-in-data"
  /** Takes the whole mail and goes away without an answer. */
  | "drops-after-data"
  /** Sends its answers one letter at a time, for as long as it is listened to. */
  | "dribbles"
  | "refuses-data";

export interface SmtpServer {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  connections: number;
  fault: SmtpFault | null;
  /** Addresses it does not know. */
  readonly unknown: Set<string>;
  /** Called when a mail is complete, before it is answered. */
  onMail: () => Promise<void>;
  close(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    smtp.connections++;
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(socket, smtp, mails);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const smtp: SmtpServer = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    connections: 0,
    fault: null,
    unknown: new Set(),
    onMail: () => Promise.resolve(),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  return smtp;
}

interface Conversation {
  from: string;
  to: string[];
  inData: boolean;
}

function converse(socket: Socket, smtp: SmtpServer, mails: ReceivedMail[]): void {
  const state: Conversation = { from: "", to: [], inData: false };
  const say = (line: string) => socket.write(`${line}\r\n`);
  if (smtp.fault === "says-nothing") return;
  if (smtp.fault === "dribbles") return dribble(socket);
  say("220 test ready");
  let text = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    text += chunk;
    if (state.inData && smtp.fault === "drops-in-data") return void socket.destroy();
    for (;;) {
      const mark = state.inData ? "\r\n.\r\n" : "\r\n";
      const end = text.indexOf(mark);
      if (end < 0) return;
      const part = text.slice(0, end);
      text = text.slice(end + mark.length);
      if (state.inData) void take(part);
      else command(part);
    }
  });
  const take = async (source: string) => {
    state.inData = false;
    if (smtp.fault === "refuses-data") return say("554 5.7.1 this mail for edna@venue.example is not wanted");
    mails.push({ from: state.from, to: state.to, source: source.replace(/^\./gm, "") });
    await smtp.onMail();
    if (smtp.fault === "drops-after-data") return socket.destroy();
    say("250 2.0.0 taken");
  };
  const command = (line: string) => {
    const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
    if (/^EHLO|^HELO/i.test(line)) return say("250 test");
    if (/^MAIL FROM/i.test(line)) {
      Object.assign(state, { from: address, to: [] });
      return say("250 2.1.0 fine");
    }
    if (/^RCPT TO/i.test(line)) {
      if (smtp.unknown.has(address)) return say(`550 5.1.1 <${address}> is not known here`);
      state.to.push(address);
      return say("250 2.1.5 fine");
    }
    if (/^DATA/i.test(line)) {
      state.inData = true;
      return say("354 go on");
    }
    if (/^QUIT/i.test(line)) return socket.end("221 bye\r\n");
    say(/^RSET|^NOOP/i.test(line) ? "250 2.0.0 fine" : "502 5.5.1 not here");
  };
}

function dribble(socket: Socket): void {
  const timer = setInterval(() => socket.write("2"), 20);
  socket.on("close", () => clearInterval(timer));
}
