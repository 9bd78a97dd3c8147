import { createTransport } from "nodemailer";

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Before the `@` of the Message-ID: the same for the same mail, so that a second copy can be told. */
  readonly id: string;
}

export interface Mailer {
  /**
   * Sends one mail to all addresses and returns how many of them the server took.
   * @throws MailError when it took none, or did not answer in time
   */
  send(mail: Mail): Promise<{ readonly taken: number; readonly refused: number }>;
}

/** Says what went wrong in codes only: servers repeat addresses in their words. */
export class MailError extends Error {
  override readonly name = "MailError";
  constructor(
    /** nodemailer's code, such as `ECONNECTION`, `EAUTH` or `EENVELOPE`. */
    readonly code: string,
    /** The SMTP command that failed, and the number the server answered it with (RFC 5321 §4.2). */
    readonly command?: string,
    readonly answer?: number,
  ) {
    super([code, command, answer].filter((part) => part !== undefined).join(" "));
  }
}

/** The longest that sending one mail may take, however slowly the server answers. */
const deadlineMs = 30_000;

/** Opens nothing yet: each mail has a connection of its own. `smtpUrl` and `from` are as in the configuration. */
export function openMailer(
  { smtpUrl, from }: { readonly smtpUrl: string; readonly from: string },
  patienceMs = deadlineMs,
): Mailer {
  const { hostname, password } = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    // A password is not sent in the clear to another machine.
    requireTLS: password !== "" && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html, id }) {
      try {
        const { accepted, rejected } = await transport.sendMail({
          from: { name: "S-360 connector", address: from },
          // As objects they are not parsed: an address is never taken for two, or for a header.
          to: to.map((address) => ({ name: "", address })),
          subject: onOneLine(subject),
          text,
          html,
          messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`,
          // RFC 3834 §5: nobody's out-of-office reply comes back.
          headers: { "Auto-Submitted": "auto-generated" },
          signal: AbortSignal.timeout(patienceMs),
        });
        return { taken: accepted.length, refused: rejected.length };
      } catch (error) {
        throw mailError(error);
      }
    },
  };
}

/** What a header can hold: a line break would begin another header. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

function mailError(error: unknown): MailError {
  const read = (name: string): unknown =>
    typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  const [code, command, answer] = [read("code"), read("command"), read("responseCode")];
  return new MailError(
    typeof code === "string" ? code : "EUNKNOWN",
    typeof command === "string" ? command : undefined,
    typeof answer === "number" ? answer : undefined,
  );
}
