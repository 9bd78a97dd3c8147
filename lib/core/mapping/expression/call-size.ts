import { limits } from "./limits";
import { MappingSignal } from "../signal";

/** Throws when the lists that one call is given have more elements together than it can put together in a moment. */
export function refuseManyElements(args: readonly unknown[]): void {
  const count = args.reduce<number>((sum, arg) => sum + (Array.isArray(arg) ? arg.length : 1), 0);
  if (count > limits.callElements) throw MappingSignal.bound("the lists are too long.");
}
