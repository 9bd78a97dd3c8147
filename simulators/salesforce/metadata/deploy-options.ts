import { ApiError } from "../http/errors";

/** `deployOptions` with their defaults (Metadata API developer guide, "Deploy metadata with Apex testing using REST"). */
export interface DeployOptions {
  allowMissingFiles: boolean;
  autoUpdatePackage: boolean;
  checkOnly: boolean;
  ignoreWarnings: boolean;
  performRetrieve: boolean;
  purgeOnDelete: boolean;
  rollbackOnError: boolean;
  runTests: readonly string[] | null;
  singlePackage: boolean;
  testLevel: string | null;
}

const FLAGS = [
  "allowMissingFiles",
  "autoUpdatePackage",
  "checkOnly",
  "ignoreWarnings",
  "performRetrieve",
  "purgeOnDelete",
  "rollbackOnError",
  "singlePackage",
] as const;

const TEST_LEVELS = [
  "NoTestRun",
  "RunSpecifiedTests",
  "RunLocalTests",
  "RunAllTestsInOrg",
  "RunRelevantTests",
];
const KNOWN = new Set<string>([...FLAGS, "runTests", "testLevel", "runAllTests"]);

/**
 * Reads `{ "deployOptions": { … } }`.
 * @throws ApiError 400 for anything else, an unknown option, or tests, which this org has none of
 */
export function readDeployOptions(text: string): DeployOptions {
  const given = optionsIn(text);
  const unknown = Object.keys(given).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) {
    throw new ApiError(400, "JSON_PARSER_ERROR", `Unrecognized field "${unknown}" in deployOptions`);
  }
  const options: DeployOptions = {
    allowMissingFiles: false,
    autoUpdatePackage: false,
    checkOnly: false,
    ignoreWarnings: false,
    performRetrieve: false,
    purgeOnDelete: false,
    rollbackOnError: false,
    runTests: null,
    singlePackage: false,
    testLevel: testLevel(given.testLevel),
  };
  for (const name of FLAGS) options[name] = flag(name, given[name]);
  if (options.testLevel === "RunSpecifiedTests" || isFilled(given.runTests)) {
    throw new ApiError(400, "INVALID_OPERATION", "The simulated org has no Apex tests to run: runTests");
  }
  return options;
}

function optionsIn(text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ApiError(400, "JSON_PARSER_ERROR", "The deployOptions are no valid JSON");
  }
  const options: unknown =
    typeof body === "object" && body !== null && "deployOptions" in body ? body.deployOptions : undefined;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new ApiError(400, "MISSING_ARGUMENT", "deployOptions not specified");
  }
  return { ...options };
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  throw new ApiError(400, "JSON_PARSER_ERROR", `The deploy option ${name} must be true or false`);
}

function testLevel(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const known = TEST_LEVELS.find((level) => level === value);
  if (known === undefined) {
    throw new ApiError(400, "JSON_PARSER_ERROR", `'${String(value)}' is not a valid testLevel`);
  }
  return known;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : typeof value === "string" && value !== "";
}
