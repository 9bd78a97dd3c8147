import { receiveWebhook } from "../../receive-webhook";
import { methodNotAllowed } from "../../refusal";

type Context = { params: Promise<{ institution: string }> };

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { institution } = await params;
  return receiveWebhook(request, institution, { name: "orders", stream: "orders-in" });
}

export {
  methodNotAllowed as GET,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
  methodNotAllowed as OPTIONS,
};
