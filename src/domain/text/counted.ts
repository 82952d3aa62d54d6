/** "1 report", "3 reports", "1,204 accounts"; `many` where the plural does not end in a mere s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
