import type { FieldFunctionExpression, FieldType, FunctionExp } from "@jetstreamapp/soql-parser-js";

/** A function of the query, in one form for all the places where the parser gives one. */
export interface FunctionCall {
  /** In upper case. */
  readonly name: string;
  /** The first parameter: a field path, a function, or nothing for `COUNT()`. */
  readonly argument: string | FunctionCall | undefined;
  readonly parameterCount: number;
  readonly alias: string | undefined;
}

const AGGREGATES = new Set(["COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"]);

export function functionCall(fn: FieldFunctionExpression | FunctionExp): FunctionCall {
  const parameters = fn.parameters ?? [];
  const [first] = parameters;
  return {
    name: (fn.functionName ?? "").toUpperCase(),
    argument: first === undefined || typeof first === "string" ? first : functionCall(first),
    parameterCount: parameters.length,
    alias: fn.alias,
  };
}

export function isAggregate(call: FunctionCall): boolean {
  return AGGREGATES.has(call.name);
}

/** The field path that a function rests on; empty for `COUNT()`. */
export function innermostPath({ argument }: FunctionCall): string {
  if (argument === undefined || typeof argument === "string") return argument ?? "";
  return innermostPath(argument);
}

/** The path of a plain field in a SELECT list, `Account.Name`; undefined for anything else. */
export function plainPath(field: FieldType): string | undefined {
  if (field.type === "Field") return field.field;
  if (field.type !== "FieldRelationship") return undefined;
  return [...field.relationships, field.field].join(".");
}
