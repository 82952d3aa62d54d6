/** How many items share a run at most, and how much they may weigh together; one alone may weigh anything. */
export type BatchLimits<I> = { items: number; weight?: number; weigh?: (item: I) => number };

type Waiting<I, O> = { item: I; resolve: (answer: O) => void; reject: (error: unknown) => void };

/**
 * Answers one item at a time by runs for many: all that come while a run is under way share the next one. Where a run for
 * several fails, each of them is run by itself, so that one bad item takes none of the others along.
 *
 * @param run answers as many as it was given, in their order
 * @param most how many share a run
 */
export function batched<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  most: BatchLimits<I>,
): (item: I) => Promise<O> {
  const waiting: Waiting<I, O>[] = [];
  let isRunning = false;

  async function answerAll(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const answers = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, i) => {
        resolve(answers[i] as O);
      });
    } catch (error) {
      if (batch.length > 1) for (const one of batch) await answerAll([one]);
      else batch[0]?.reject(error);
    }
  }

  /** How many of those that wait share the next run. */
  function fitting(): number {
    const { items, weight = Number.POSITIVE_INFINITY, weigh = () => 0 } = most;
    let weighed = 0;
    const tooMany = waiting.findIndex(({ item }, i) => {
      weighed += weigh(item);
      return i > 0 && (i >= items || weighed > weight);
    });
    return tooMany === -1 ? waiting.length : tooMany;
  }

  async function runAll(): Promise<void> {
    while (waiting.length > 0) await answerAll(waiting.splice(0, fitting()));
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      void Promise.resolve().then(runAll);
    });
}
