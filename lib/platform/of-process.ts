/**
 * What a process has once, though modules are in it twice: the door for webhooks and Next.js come in bundles of their own.
 * `name` is for this thing alone; `make` is called where it is not there yet.
 */
export function ofProcess<T>(name: string, make: () => T): T {
  const things = globalThis as unknown as Record<symbol, T | undefined>;
  return (things[Symbol.for(`s360 ${name}`)] ??= make());
}
