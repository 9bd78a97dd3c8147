/** Expressions as jsonata reads them, read once for all who ask about them, and for running them. */
import { parseExpression } from "./ast";
import { remembered } from "./remembered";

/** Remembers the tree, which nobody changes. To run an expression: bounded-expression.ts. Never throws. */
export const parsedExpression = remembered(parseExpression);
