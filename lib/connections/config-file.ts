import { readYaml } from "@/lib/core/yaml-file";
import { connectionFileSchema, type ConnectionFile } from "./file-schema";

/** A connection's file cannot be used. The message lists everything that is wrong; it shows no secret. */
export class ConfigFileError extends Error {
  override readonly name = "ConfigFileError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/**
 * Reads and checks the YAML of one connection; defaults are filled in.
 * @throws ConfigFileError with a sentence per problem, each with its path and line
 */
export function parseConnectionFile(yaml: string): ConnectionFile {
  const answer = readYaml(yaml, connectionFileSchema);
  if (answer.ok) return answer.data;
  const sentences = answer.problems.map(({ sentence, line }) => {
    if (line === null) return sentence;
    return answer.isRead ? `${sentence} (line ${line})` : `line ${line}: ${sentence}`;
  });
  throw new ConfigFileError(sentences);
}
