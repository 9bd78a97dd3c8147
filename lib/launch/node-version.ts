/** What is wrong with this Node.js version for us, or null. `wanted` is the `engines.node` of package.json. */
export function complainAboutNode(version: string, wanted: string): string | null {
  const numbers = (text: string) => text.replace(/^\D*/, "").split(".").map(Number);
  const [major = 0, minor = 0] = numbers(version);
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return null;
  return `This is Node.js ${version}; the connector needs ${wanted}. Install a newer Node.js and start again.`;
}
