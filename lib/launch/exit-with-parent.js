/**
 * Loaded before the code of every supervised process (node --import). When the supervisor is gone, killed without a
 * chance to say so, the channel to it closes: then this process stops as it would at Ctrl-C, so that no orphan keeps
 * a port or goes on writing.
 */
const GRACE_MS = 10_000;

process.on("disconnect", () => {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
  process.kill(process.pid, "SIGTERM");
});
process.channel?.unref();
