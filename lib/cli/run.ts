import { parseArgs } from "node:util";
import { ConfigFileError } from "@/lib/connections/config-file";
import { CredentialError } from "@/lib/connections/credentials";
import { FaultError } from "@/lib/core/faults";
import { ConfigError } from "@/lib/platform/config";
import { hasCode } from "@/lib/platform/data-folder";
import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { addAdminCommand, adminsCommand, removeAdminCommand, resetPasswordCommand } from "./admin-commands";
import { applyCommand, readConnectionFile } from "./apply-command";
import { CommandError, withContext, type Terminal } from "./context";
import { exportCommand } from "./export-command";
import { newKeyCommand } from "./new-key-command";
import { statusCommand } from "./status-command";
import { syncCommand } from "./sync-command";

export const usage = `Usage: npm run connector -- <command>

  apply <file.yaml> [--dry-run]   make a connection what its file says; --dry-run only tells what would change
  export <institution>            print a connection as a file, without its secrets
  status [institution] [--json]   how the connections are doing
  sync <institution> [--json]     write everything that is due now, and wait for it
  admins                          who may sign in
  add-admin <e-mail>              lets somebody sign in; prints a password for them
  reset-password <e-mail>         prints a new password, and signs the person out everywhere
  remove-admin <e-mail>           lets somebody sign in no more, and signs them out everywhere
  new-key                         the encryption key is lost: takes this machine's, and tells whose secrets to give again
  help                            this text

Exit codes: 0 done, 1 could not be done, 2 the command was not understood.
`;

class UsageError extends Error {}

const ofOneAdmin = {
  "add-admin": addAdminCommand,
  "reset-password": resetPasswordCommand,
  "remove-admin": removeAdminCommand,
} as const;

/** Carries out one command line (without the program's name) and returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${error.message}\n\n${usage}`);
      return 2;
    }
    terminal.err(`${explain(error)}\n`);
    return 1;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, values } = parse(args);
  const [command = "help", subject, ...rest] = positionals;
  const { json = false } = values;
  if (rest.length > 0) throw new UsageError(`There is one word too many: ${rest.join(" ")}.`);
  if (values.help || command === "help") {
    terminal.out(usage);
    return 0;
  }
  const needed = (what: string): string => {
    if (subject === undefined) throw new UsageError(`${command} needs ${what}.`);
    return subject;
  };
  switch (command) {
    case "apply": {
      const file = await readConnectionFile(terminal, needed("the name of a file"));
      return withContext(terminal, (context) => applyCommand(context, file, values["dry-run"] ?? false));
    }
    case "export": {
      const institution = needed("the code of an institution");
      return withContext(terminal, (context) => exportCommand(context, institution));
    }
    case "status":
      return withContext(terminal, (context) => statusCommand(context, subject, json));
    case "sync": {
      const institution = needed("the code of an institution");
      return withContext(terminal, (context) => syncCommand(context, institution, json));
    }
    case "new-key":
      return withContext(terminal, newKeyCommand);
    case "admins":
      return withContext(terminal, adminsCommand);
    case "add-admin":
    case "reset-password":
    case "remove-admin": {
      const email = needed("an e-mail address");
      return withContext(terminal, (context) => ofOneAdmin[command](context, email));
    }
    default:
      throw new UsageError(`There is no command ${command}.`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        "dry-run": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigFileError)
    return `The file cannot be applied:\n  ${error.problems.join("\n  ")}`;
  if (error instanceof FaultError) return error.fault.sentence;
  if (error instanceof CommandError || error instanceof ConfigError || error instanceof CredentialError) {
    return error.message;
  }
  if (isDatabaseAway(error)) {
    return "The database does not answer. Check DATABASE_URL, or start the connector with npm start.";
  }
  // PostgreSQL 42P01, undefined_table: nothing was migrated yet.
  if (hasCode(error, "42P01") || (error instanceof Error && hasCode(error.cause, "42P01"))) {
    return "The database has no tables yet. Start the connector once with npm start; it makes them.";
  }
  return `The connector met an error of its own: ${JSON.stringify(describeError(error), null, 2)}`;
}
