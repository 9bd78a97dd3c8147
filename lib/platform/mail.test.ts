import { afterEach, beforeEach, expect, test } from "vitest";
import { startSmtpServer, type SmtpFault, type SmtpServer } from "@/testing/smtp-server";
import { MailError, openMailer, type Mail } from "./mail";

let smtp: SmtpServer;

beforeEach(async () => {
  smtp = await startSmtpServer();
});
afterEach(() => smtp.close());

const mail: Mail = {
  to: ["crm@venue.example", "box@venue.example"],
  subject: "2 things wait for you at Théâtre du Lac",
  text: "Plain\n.\nwords",
  html: "<p>Words</p>",
  id: "abc",
};
const from = "connector@venue.example";

const mailer = (patienceMs = 5_000) => openMailer({ smtpUrl: smtp.url, from }, patienceMs);

async function failure(sending: Promise<unknown>): Promise<MailError> {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MailError);
  return error as MailError;
}

const headersOf = (source: string) => source.slice(0, source.indexOf("\r\n\r\n")).replace(/\r\n\s+/g, " ");

test("one mail goes to all, with plain text and HTML, and asks for no automatic reply", async () => {
  expect(await mailer().send(mail)).toEqual({ taken: 2, refused: 0 });
  const [received] = smtp.mails;
  expect(smtp.mails).toHaveLength(1);
  expect(received).toMatchObject({ from, to: mail.to });
  const headers = headersOf(received?.source ?? "");
  expect(headers).toContain("To: crm@venue.example, box@venue.example");
  expect(headers).toContain("Auto-Submitted: auto-generated");
  expect(headers).toContain("Message-ID: <abc@venue.example>");
  expect(headers).toContain("multipart/alternative");
  expect(received?.source).toContain("Plain\r\n.\r\nwords");
  expect(received?.source).toContain("<p>Words</p>");
});

test("a line break in the subject begins no header", async () => {
  await mailer().send({ ...mail, subject: "Venue\r\nBcc: all@evil.example\n\nbody\u2028x" });
  const [received] = smtp.mails;
  expect(received?.to).toEqual(mail.to);
  const headers = headersOf(received?.source ?? "");
  expect(headers).toContain("Subject: Venue Bcc: all@evil.example body x");
  expect(headers).not.toMatch(/^Bcc:/im);
});

test("an address is one address, whatever it says", async () => {
  const to = ["a@venue.example", "b@venue.example>, <c@evil.example"];
  await mailer()
    .send({ ...mail, to })
    .catch((error: unknown) => expect(error).toBeInstanceOf(MailError));
  for (const received of smtp.mails) expect(received.to).not.toContain("c@evil.example");
});

test("an address that the server does not know does not keep the mail from the others", async () => {
  smtp.unknown.add("box@venue.example");
  expect(await mailer().send(mail)).toEqual({ taken: 1, refused: 1 });
});

test("a server that knows none of them is a failure in codes, without an address", async () => {
  for (const address of mail.to) smtp.unknown.add(address);
  const error = await failure(mailer().send(mail));
  expect(error).toMatchObject({ code: "EENVELOPE", answer: 550 });
  expect(JSON.stringify({ ...error, message: error.message })).not.toContain("venue.example");
});

test("a server that is not there is a failure", async () => {
  await smtp.close();
  const closed = mailer();
  smtp = await startSmtpServer();
  expect((await failure(closed.send(mail))).code).toMatch(/^E/);
});

const faults: readonly SmtpFault[] = [
  "says-nothing",
  "dribbles",
  "drops-in-data",
  "drops-after-data",
  "refuses-data",
];

test.each(faults)("a server that %s is a failure, in time", async (fault) => {
  smtp.fault = fault;
  const error = await failure(mailer(400).send(mail));
  expect(error.message).not.toContain("venue.example");
  smtp.fault = null;
  expect(await mailer().send(mail)).toEqual({ taken: 2, refused: 0 });
});

test("a password is not sent in the clear to another machine, and nothing else is either", async () => {
  // The same server by an address that does not say that it is this machine.
  const smtpUrl = smtp.url.replace("//127.0.0.1", "//me:hunter2@0.0.0.0");
  expect((await failure(openMailer({ smtpUrl, from }).send(mail))).code).toBe("ETLS");
  expect(smtp).toMatchObject({ connections: 1, mails: [] });
});
