import { z } from "zod";
import { ControlError } from "./errors";
import type { ControlRequest, ControlRoute } from "./request";
import type { Automation, StoredAutomation } from "../automation/automation";
import { compileAutomation } from "../automation/compile-automation";

/** `/__control/automations`: flows and triggers that an org may have. */
export const automationRoutes: ControlRoute[] = [
  { method: "GET", path: "/automations", handle: list },
  { method: "POST", path: "/automations", handle: add },
  { method: "DELETE", path: "/automations", handle: remove },
];

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const base = { object: z.string().min(1), name: z.string().min(1).optional() };

const automationSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("phone-formatter"),
    ...base,
    fields: z.array(z.string()).optional(),
    format: z.enum(["us", "e164"]).default("us"),
  }),
  z.strictObject({
    kind: z.literal("field-trigger"),
    ...base,
    timing: z.enum(["before", "after"]),
    when: z.string().optional(),
    set: z.record(z.string(), z.union([scalar, z.strictObject({ formula: z.string() })])),
  }),
  z.strictObject({
    kind: z.literal("flow-error"),
    ...base,
    when: z.string(),
    message: z.string().min(1),
    code: z
      .enum(["CANNOT_EXECUTE_FLOW_TRIGGER", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"])
      .default("CANNOT_EXECUTE_FLOW_TRIGGER"),
  }),
]);

function list({ holder }: ControlRequest): unknown {
  return { automations: holder.org.automations.map(({ stored }) => stored) };
}

function add({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const given = automationSchema.safeParse(body);
  if (!given.success) throw new ControlError(z.prettifyError(given.error));
  const { data } = given;
  const stored: StoredAutomation = { ...data, id: org.ids.next("301"), name: data.name ?? defaultName(data) };
  let automation: Automation;
  try {
    automation = compileAutomation(org.schema, stored);
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
  org.automations.push(automation);
  org.onSettings();
  return stored;
}

function defaultName({ kind, object }: { kind: string; object: string }): string {
  const plain = object.replace(/__c$/, "").replace(/\W|_/g, "");
  return kind === "field-trigger" ? `${plain}Trigger` : `${plain}_${kind.replace("-", "_")}`;
}

/** Takes away the automation with `?id=`, or all. */
function remove({ holder, query }: ControlRequest): unknown {
  const { org } = holder;
  const id = query.get("id");
  org.automations = org.automations.filter(({ stored }) => id !== null && stored.id !== id);
  org.onSettings();
  return { automations: org.automations.map(({ stored }) => stored) };
}
