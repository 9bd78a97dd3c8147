/**
 * Next.js calls this once, when the web process starts. Next.js builds this file for its edge runtime too and puts the
 * runtime's name in its place, so that nothing of Node.js is built for the edge.
 */
export async function register(): Promise<void> {
  // eslint-disable-next-line no-restricted-properties -- no setting: replaced by the build
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWeb } = await import("@/lib/platform/start-web");
  startWeb();
}
