/** Whether it has the shape of a person's id in Slack: U, or W across an Enterprise organisation. */
export function isPersonId(value: unknown): value is string {
  return typeof value === 'string' && /^[UW][A-Z0-9]{2,30}$/.test(value);
}
