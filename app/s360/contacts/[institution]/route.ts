import { receiveWebhook } from "../../receive-webhook";
import { methodNotAllowed } from "../../refusal";

type Context = { params: Promise<{ institution: string }> };

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { institution } = await params;
  return receiveWebhook(request, institution, { name: "contacts", stream: "contacts-in" });
}

/** Webhook V1: a number in the address. */
export async function GET(request: Request, context: Context): Promise<Response> {
  return POST(request, context);
}

export {
  methodNotAllowed as HEAD,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
  methodNotAllowed as OPTIONS,
};
