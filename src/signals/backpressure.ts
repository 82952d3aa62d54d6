/** How many deliveries are being taken in at this moment. */
export type Backpressure = { during: <T>(intake: Promise<T>) => Promise<T>; isBusy: () => boolean };

export function createBackpressure(): Backpressure {
  let underWay = 0;
  return {
    during: async (intake) => {
      underWay += 1;
      try {
        return await intake;
      } finally {
        underWay -= 1;
      }
    },
    isBusy: () => underWay > 0,
  };
}
