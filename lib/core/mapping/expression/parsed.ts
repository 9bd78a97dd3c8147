/** Expressions as plain jsonata reads them, read once for all who ask about them. */
import { parseExpression, type Parsed } from "./ast";
import { remembered } from "./remembered";

/** Remembers the tree, which nobody changes. To run an expression: bounded-expression.ts. Never throws. */
export const parsedExpression = remembered((text): Parsed => parseExpression(text));
