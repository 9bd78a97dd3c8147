/** The services of S-360 that are called, and what tells their answers from others' (s360.md §4.1, §5). */
import type { FaultCode } from "@/lib/core/faults";
import type { ContactAssumptions } from "./assumptions";

export interface Service {
  /** From the address of the institution on. */
  readonly path: string;
  /** What a call of it is about, for sentences. */
  readonly thing: "contact" | "order";
  /** Members of an answer that is its own, should the answer not say how it ended. */
  readonly speaksOf: readonly string[];
  /** `statusDetail` of a refusal that means: no such thing. */
  readonly notFoundDetails: readonly string[];
  readonly notFound: { readonly code: FaultCode; readonly sentence: string };
}

export function contactService(version: string, assumptions: ContactAssumptions): Service {
  return {
    path: `/tnco/backend-apis/contactInformationPublicService/${version}`,
    thing: "contact",
    speaksOf: ["contactNumber", assumptions.contactWrapper, ...assumptions.searchListMembers],
    notFoundDetails: assumptions.notFoundDetails,
    notFound: {
      code: "contact_missing",
      sentence:
        "S-360 no longer knows this contact number. Look whether the contact was merged, anonymised or deleted there.",
    },
  };
}

export function orderService(assumptions: ContactAssumptions): Service {
  const { orderService: name, orderApiVersion: version, orderWrapper } = assumptions;
  return {
    path: `/tnseb/backend-apis/${name}/${version}`,
    thing: "order",
    speaksOf: ["orderId", orderWrapper],
    notFoundDetails: assumptions.orderNotFoundDetails,
    notFound: { code: "order_missing", sentence: "S-360 knows no such order." },
  };
}
