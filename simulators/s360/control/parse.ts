import type { z } from "zod";
import { HttpError } from "../http";
import type { Json } from "../venue/json";

/** A body as the schema has it. Throws HttpError 400 naming each wrong place. */
export function parse<T>(schema: z.ZodType<T, unknown>, value: Json): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new HttpError(400, lines.join("; "));
}
