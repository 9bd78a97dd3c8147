import { startStack } from "./stack";

/** Playwright's global set-up: one stack for all stories; its addresses travel to the workers in the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const { stop, ...stack } = await startStack();
  process.env.STORY_STACK = JSON.stringify(stack);
  return stop;
}
