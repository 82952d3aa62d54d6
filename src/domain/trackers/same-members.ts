/** Whether both lists, in which nothing stands twice, hold the same in whatever order. */
export function hasSameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
