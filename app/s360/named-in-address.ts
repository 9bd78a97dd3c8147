/** A V1 webhook, called by GET or POST, names one contact or order in its address (s360.md §1.1, §2.1). */
import { maxKeyLength } from "@/lib/core/record-key";
import { WebhookRefusal } from "./refusal";

const places = {
  contacts: { parameter: "contactNumber", what: "contact number", form: /^[^\p{C}\p{Zl}\p{Zp}]+$/u },
  orders: { parameter: "orderId", what: "order id", form: /^\d+$/ },
} as const;

/**
 * The body that the call stands for: the number as text and nothing else. Null where the address names nothing; a
 * refusal where it was not filled in.
 */
export function bodyFromAddress(
  { searchParams }: URL,
  webhook: keyof typeof places,
): string | WebhookRefusal | null {
  const { parameter, what, form } = places[webhook];
  const given = searchParams.getAll(parameter).map((text) => text.trim());
  const [number] = given;
  if (number === undefined) return null;
  const placeholder = `\${${parameter}}`;
  if (number === "" || number.includes("{")) {
    return new WebhookRefusal(
      400,
      `S-360 did not fill in the ${what}. End the webhook's address with ?${parameter}=${placeholder}, spelled exactly so.`,
    );
  }
  if (given.length > 1 || number.length > maxKeyLength || !form.test(number)) {
    return new WebhookRefusal(400, `The address must name one ${what} as ${parameter}.`);
  }
  return JSON.stringify({ [parameter]: number });
}

/** For a GET that names nothing. */
export function namesNothing(webhook: keyof typeof places): WebhookRefusal {
  const { parameter, what } = places[webhook];
  return new WebhookRefusal(
    400,
    `A GET must name a ${what}: end the address with ?${parameter}=\${${parameter}}. Whole contacts and orders are posted.`,
  );
}
