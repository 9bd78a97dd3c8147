import { aggregate, type Aggregate } from "./aggregates";
import type { QueryContext } from "./context";
import { dateFunction, dateFunctionReader } from "./date-functions";
import { plainError, soqlError } from "./errors";
import { fieldExpression, functionExpression, type Expression } from "./expression";
import { formatter } from "./format";
import { innermostPath, isAggregate, type FunctionCall } from "./functions";
import type { Group, Grouping } from "./grouping";
import type { Compared } from "./literals";
import type { Clause } from "./source";
import type { Value } from "../model/types";

/** A value that a group has: one it is grouped by, an aggregate, or something made of them. */
export interface GroupValue extends Compared {
  readonly path: Expression["path"];
  readonly functionName: string | undefined;
  readonly valueOf: (group: Group) => Value;
}

/** Finds the values of groups that SELECT, HAVING and ORDER BY ask for; each aggregate is computed once. */
export class GroupValues {
  readonly aggregates: Aggregate[] = [];

  constructor(
    private readonly context: QueryContext,
    private readonly grouping: Grouping,
  ) {}

  /** A grouped field. @throws ApiError MALFORMED_QUERY when it is neither grouped nor aggregated */
  field(text: string, clause: Clause): GroupValue {
    return this.grouped(fieldExpression(this.context, text, clause));
  }

  /** An aggregate, GROUPING(), or a function that is grouped by. @throws ApiError MALFORMED_QUERY */
  call(call: FunctionCall, clause: Clause): GroupValue {
    if (isAggregate(call)) return this.aggregated(call, clause);
    if (call.name === "GROUPING") return this.subtotalFlag(call, clause);
    if (call.name === "FORMAT") return this.formatted(call, clause);
    const expression = functionExpression(this.context, call, clause);
    return this.functionOfDate(expression) ?? this.grouped(expression);
  }

  private grouped(expression: Expression): GroupValue {
    const position = this.grouping.expressions.findIndex(({ key }) => key === expression.key);
    if (position < 0) {
      const subject = expression.clause === "ORDER BY" ? "Ordered field" : "Field";
      const reason = `${subject} must be grouped or aggregated: ${expression.text}`;
      const { text, clause } = expression;
      throw soqlError("MALFORMED_QUERY", this.context.source, text, clause, reason);
    }
    return { ...expression, valueOf: (group) => group.values[position] ?? null };
  }

  /** A date function of a date field that is itself grouped by (SOQL reference, "Date Functions"). */
  private functionOfDate(expression: Expression): GroupValue | undefined {
    const { path, functionName = "" } = expression;
    const position = this.grouping.expressions.findIndex(
      (grouped) => grouped.functionName === undefined && grouped.path.name === path.name,
    );
    const date = dateFunction(functionName);
    if (position < 0 || !date || path.field.type !== "date") return undefined;
    const read = dateFunctionReader(date, "date", undefined);
    return { ...expression, valueOf: (group) => read(group.values[position] ?? null) };
  }

  private aggregated(call: FunctionCall, clause: Clause): GroupValue {
    const made = aggregate(this.context, call, clause);
    const { kind, expressions } = this.grouping;
    if (kind === "plain" && expressions.some(({ key }) => key === made.expression.key)) {
      const reason = `Grouped field should not be aggregated: ${made.text}`;
      throw soqlError("MALFORMED_QUERY", this.context.source, made.text, clause, reason);
    }
    let position = this.aggregates.findIndex(({ key }) => key === made.key);
    if (position < 0) position = this.aggregates.push(made) - 1;
    const isExtreme = call.name === "MIN" || call.name === "MAX";
    return {
      ...made,
      path: made.expression.path,
      functionName: isExtreme ? undefined : call.name,
      valueOf: (group) => group.accumulators[position]?.value() ?? null,
    };
  }

  private subtotalFlag({ argument }: FunctionCall, clause: Clause): GroupValue {
    if (this.grouping.kind === "plain" || typeof argument !== "string") {
      throw plainError("MALFORMED_QUERY", "GROUPING is only valid with GROUP BY ROLLUP or GROUP BY CUBE");
    }
    const expression = fieldExpression(this.context, argument, clause);
    const grouped = this.grouped(expression);
    const position = this.grouping.expressions.findIndex(({ key }) => key === expression.key);
    return {
      ...grouped,
      type: "int",
      functionName: "GROUPING",
      valueOf: (group) => (group.subtotals[position] ? 1 : 0),
    };
  }

  private formatted(call: FunctionCall, clause: Clause): GroupValue {
    const inner =
      typeof call.argument === "object"
        ? this.call(call.argument, clause)
        : this.field(innermostPath(call), clause);
    const format = formatter(this.context, inner);
    return {
      ...inner,
      type: "string",
      functionName: "FORMAT",
      valueOf: (group) => format(inner.valueOf(group)),
    };
  }
}
