/** Who may import whom (ARCHITECTURE.md), checked by `npm run check`. Tests may import simulators and `testing`. */
const product = "^(lib|app|components|simulators|drizzle)/";
const test = "\\.test\\.tsx?$|/test-[^/]*\\.ts$|\\.spec\\.ts$";

/** A room may import only what is listed (and itself); everything else of the product is forbidden. */
function room(name, from, mayImport, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { path: from, pathNot: test },
    to: { path: product, pathNot: [from, ...mayImport] },
  };
}

const core = "^lib/core/";
const platform = "^lib/platform/";
const drizzle = "^drizzle/";
const contracts = "^lib/[^/]+/[a-z-]*contract\\.ts$";
const adapters = ["^lib/s360/", "^lib/salesforce/"];

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    room("core-is-pure", core, [], "core knows no other room"),
    room(
      "platform",
      platform,
      [drizzle],
      "platform serves every product and knows none; db.ts carries the schema's types",
    ),
    room("drizzle", drizzle, [core], "the schema uses the words of core"),
    room("s360", "^lib/s360/", [core], "an adapter knows core only: config comes as arguments"),
    room("salesforce", "^lib/salesforce/", [core], "an adapter knows core only: config comes as arguments"),
    room("inbox", "^lib/inbox/", [core, platform, drizzle], "inbox knows no adapter"),
    room("sync", "^lib/sync/", [core, platform, drizzle], "sync takes sides as arguments"),
    room("budget", "^lib/budget/", [core, platform, drizzle], "budget counts calls and knows no adapter"),
    room(
      "mappings",
      "^lib/mappings/",
      [core, platform, drizzle, "^lib/budget/"],
      "mappings knows no adapter; a re-processing says when its calls have run short",
    ),
    room(
      "comparison",
      "^lib/comparison/",
      [core, platform, drizzle, "^lib/sync/"],
      "a comparison runs the engine itself on a draft, so that there is no second truth; it takes sides as arguments",
    ),
    room("records", "^lib/records/", [core, platform, drizzle], "records only reads"),
    room(
      "reviews",
      "^lib/reviews/",
      [core, platform, drizzle, "^lib/records/", "^lib/sync/unite\\.ts$"],
      "reviews decide about records, and may unite two of them as settling does",
    ),
    room(
      "imports",
      "^lib/imports/",
      [core, platform, drizzle, "^lib/budget/", "^lib/records/", "^lib/sync/bulk/let-go\\.ts$"],
      "imports say which records take their turn, also when a job has them, and tell of them as the record pages do",
    ),
    room("auth", "^lib/auth/", [platform, drizzle], "auth knows people, not data"),
    room(
      "connections",
      "^lib/connections/",
      [core, platform, drizzle, "^lib/budget/", "^lib/mappings/", ...adapters],
      "the only room that knows both adapters",
    ),
    room("web", "^lib/web/", [platform, "^app/s360/"], "the web process answers webhooks by their routes"),
    room("worker", "^lib/worker/", ["^lib/"], "the worker knows all of lib"),
    room("cli", "^lib/cli/", ["^lib/"], "the command line knows all of lib"),
    room("launch", "^lib/launch/", ["^lib/"], "the launcher knows all of lib"),
    room("components", "^components/", [core, contracts], "components get data through contracts"),
    room(
      "app",
      "^app/",
      ["^components/", "^lib/(?!worker|web|cli|launch)"],
      "pages and routes wire rooms together",
    ),
    room("simulators", "^simulators/", [], "simulators must not share our mistakes"),
    {
      name: "simulators-apart",
      severity: "error",
      from: { path: "^simulators/([^/]+)/" },
      to: { path: "^simulators/", pathNot: "^simulators/$1/" },
    },
    {
      name: "jsforce-behind-its-door",
      severity: "error",
      from: { path: product, pathNot: ["^lib/salesforce/", "^simulators/.*\\.test\\.ts$"] },
      to: { path: "node_modules/jsforce" },
    },
    {
      name: "core-without-io",
      severity: "error",
      from: { path: core, pathNot: test },
      to: { dependencyTypes: ["core"] },
    },
    { name: "not-resolved", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    exclude: { path: "^(\\.next|\\.build|\\.data)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
