import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Wraps an object of a client library so that the names of everything read from it are noted. What it returns works as
 * before; a method that returns its own object (a builder) returns the wrapped one.
 */
export function watched<Watched extends object>(object: Watched, touched: Set<string>): Watched {
  const proxy: Watched = new Proxy(object, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof name === "string") touched.add(name);
      if (typeof value !== "function") return value;
      return Object.assign(
        (...parameters: unknown[]): unknown => {
          const result: unknown = Reflect.apply(value, target, parameters);
          return result === target ? proxy : result;
        },
        { ...value },
      );
    },
  });
  return proxy;
}

/**
 * What a class offers in public: methods, getters and functions in properties, without what its declaration calls
 * private or protected, names that begin with an underscore, and the class that sends events.
 * @param instance of the class, for functions that its constructor makes
 * @param declaration file of the class, such as `jsforce/lib/query.d.ts`
 */
export function publicNames(instance: object, declaration: string): string[] {
  const names = new Set(Object.keys(instance).filter((name) => isFunction(instance, name)));
  let prototype: unknown = Object.getPrototypeOf(instance);
  while (typeof prototype === "object" && prototype !== null && prototype !== Object.prototype) {
    if (prototype.constructor.name === "EventEmitter") break;
    for (const name of Object.getOwnPropertyNames(prototype)) names.add(name);
    prototype = Object.getPrototypeOf(prototype);
  }
  const hidden = hiddenNames(declaration);
  return [...names].filter((name) => !name.startsWith("_") && !hidden.has(name)).sort();
}

function hiddenNames(declaration: string): Set<string> {
  const library = /^(?:@[^/]+\/)?[^/]+/.exec(declaration)?.[0] ?? "";
  const resolved = createRequire(import.meta.url).resolve(library);
  const folder = resolved.slice(0, resolved.indexOf(`node_modules/${library}`));
  const text = readFileSync(`${folder}node_modules/${declaration}`, "utf8");
  const found = text.matchAll(/^\s+(?:private|protected)\s+(?:(?:static|readonly|async)\s+)*(\w+)/gm);
  return new Set(["constructor", ...[...found].map(([, name = ""]) => name)]);
}

function isFunction(instance: object, name: string): boolean {
  return typeof Reflect.get(instance, name) === "function";
}

/** Names that are neither touched nor named as out of scope, and those named although they do not exist. */
export function uncovered(
  offered: readonly string[],
  touched: ReadonlySet<string>,
  outOfScope: Readonly<Record<string, string>>,
): { notExercised: string[]; unknown: string[] } {
  return {
    notExercised: offered.filter((name) => !touched.has(name) && !(name in outOfScope)),
    unknown: Object.keys(outOfScope).filter((name) => !offered.includes(name) || touched.has(name)),
  };
}
