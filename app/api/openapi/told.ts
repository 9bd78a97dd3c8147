/** What a route's handlers cannot say of themselves in schemas: what they are for, and what they answer. */
import type { RouteHandler } from "@/lib/platform/route";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

export type JsonSchema = { readonly [member: string]: unknown };

export interface Told {
  /** What a call does, one line. */
  readonly summary: string;
  /** What 200 brings; null: 204, nothing. */
  readonly answer: Answer | null;
  /** What may stand in the way besides what stands in the way of every call. */
  readonly problems?: readonly (404 | 409 | 422 | 502)[];
}

export interface Answer {
  readonly says: string;
  readonly schema?: JsonSchema;
  /** `application/json` unless said otherwise. */
  readonly type?: string;
}

export type ToldPath = {
  readonly [method in Method]?: Told;
} & {
  /** The module of the route. */
  readonly handlers: { readonly [method in Method]?: Pick<RouteHandler, "shape"> };
};

export interface ToldGroup {
  readonly tag: string;
  /** By the place of the route's file: `/api/records/[id]`. */
  readonly paths: Readonly<Record<string, ToldPath>>;
}

/** An object with exactly these members. */
export function members(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties) };
}

export const number: JsonSchema = { type: "integer", minimum: 0 };
export const anObject: JsonSchema = { type: "object" };
export const aList: JsonSchema = { type: "array", items: { type: "object" } };
export const anObjectOrNull: JsonSchema = { type: ["object", "null"] };

/** A page of a longer list; `next` is handed back as `cursor` to get the following one, null: this is the last. */
export const aPage: JsonSchema = members({ rows: aList, next: { type: ["string", "null"] } });
