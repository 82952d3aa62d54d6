/**
 * Does the same for each workspace, some at once: whoever waits for a Slack that does not answer keeps only one place, and
 * what fails in one workspace is its own. `onError` hears of it.
 */
export async function eachWorkspace(
  workspaceIds: readonly string[],
  work: (workspaceId: string) => Promise<unknown>,
  onError: (error: unknown, workspaceId: string) => void,
  mostAtOnce = 8,
): Promise<void> {
  const waiting = workspaceIds.values();
  const takeTurns = async () => {
    for (const workspaceId of waiting) await work(workspaceId).catch((error: unknown) => onError(error, workspaceId));
  };
  await Promise.all(Array.from({ length: mostAtOnce }, takeTurns));
}
