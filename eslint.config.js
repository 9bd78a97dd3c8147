import tseslint from "typescript-eslint";

const environment = {
  object: "process",
  property: "env",
  message: "Settings come from lib/platform/config.ts, the only reader of the environment.",
};

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      ".next",
      ".build",
      ".data",
      "drizzle/migrations",
      "next-env.d.ts",
      "test-results",
    ],
  },
  tseslint.configs.base,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-restricted-properties": ["error", environment],
      "no-console": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: ["error", "always"],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"],
    rules: { "no-restricted-globals": ["error", { name: "process", message: "Pages read no environment." }] },
  },
  {
    // Programs that speak to a person in a terminal, and the one reader of the environment.
    files: [
      "lib/launch/**",
      "lib/cli/**",
      "simulators/**",
      "bench/**",
      "testing/**",
      "e2e/**",
      "*.config.ts",
      "drizzle/*.ts",
      "lib/platform/config.ts",
    ],
    rules: { "no-console": "off" },
  },
  {
    files: [
      "lib/platform/config.ts",
      "e2e/support/**",
      "testing/**",
      "simulators/salesforce/conformance/**",
      "playwright.config.ts",
      "vitest.config.ts",
    ],
    rules: { "no-restricted-properties": "off" },
  },
);
