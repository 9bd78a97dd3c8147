import { unzipSync } from "fflate";

/** A package that cannot be looked into at all. */
export class PackageProblem extends Error {
  constructor(
    readonly statusCode: string,
    message: string,
  ) {
    super(message);
  }
}

/** Metadata API developer guide, "Deploy metadata with Apex testing using REST". */
export const MAX_ZIP_BYTES = 39 * 1024 * 1024;
const MAX_FILES = 10_000;
const MAX_UNZIPPED_BYTES = 600 * 1024 * 1024;

/** Nothing else is read, so that it is not unpacked either. */
const READ_FILES = /(?:\.xml|\.object|\.permissionset|\.tab)$/;

export interface PackageFiles {
  /** Every file of the archive, folders left out. */
  names: string[];
  /** The text of those that this org can deploy. */
  text: (name: string) => string | undefined;
}

/**
 * Looks into a zip archive. Sizes are added up from its directory before anything is unpacked.
 * @throws PackageProblem for no zip, more than 10,000 files, or more than 600 MB of content
 */
export function readZip(bytes: Uint8Array): PackageFiles {
  const names: string[] = [];
  let unzippedBytes = 0;
  let contents: Readonly<Record<string, Uint8Array>>;
  try {
    contents = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith("/")) return false;
        names.push(name);
        unzippedBytes += originalSize;
        if (names.length > MAX_FILES) {
          throw new PackageProblem("LIMIT_EXCEEDED", `Maximum number of files reached: ${MAX_FILES}`);
        }
        if (unzippedBytes > MAX_UNZIPPED_BYTES) {
          throw new PackageProblem(
            "LIMIT_EXCEEDED",
            `Maximum size of the unzipped files reached: ${MAX_UNZIPPED_BYTES} bytes`,
          );
        }
        return READ_FILES.test(name);
      },
    });
  } catch (error) {
    if (error instanceof PackageProblem) throw error;
    throw new PackageProblem("INVALID_ZIP_FILE", "The zip file cannot be read");
  }
  const decoder = new TextDecoder();
  return {
    names,
    text: (name) => {
      const content = Object.hasOwn(contents, name) ? contents[name] : undefined;
      return content && decoder.decode(content);
    },
  };
}
