import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const files = (ending: string) =>
  `{app,components,lib,simulators,drizzle,testing,e2e/support}/**/*.${ending}`;

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    environment: "node",
    globalSetup: ["testing/run-folder.ts"],
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      // Loading the modules anew for each file took more than half of the time of a run.
      {
        extends: true,
        test: {
          name: "shared",
          isolate: false,
          include: [files("test.ts")],
          exclude: [files("alone.test.ts")],
        },
      },
      // Files that put something else in a module's place.
      { extends: true, test: { name: "alone", include: [files("alone.test.ts")] } },
    ],
  },
});
