import { z } from "zod";
import { isStorable } from "./storable";

/** A text that goes into jsonb as it is. */
export const storable = z
  .string()
  .refine(isStorable, "must be plain text: it holds a NUL or half of a character, which cannot be stored");
