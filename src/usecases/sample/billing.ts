export const billing = {
  area: 'billing',
  defects: [
    {
      key: 'billing-first',
      severity: 'S2',
      told: [['Placeholder', '']],
      seen: [{ from: 20, to: 1, count: 8 }],
      steps: [{ ago: 15, do: 'accept', owner: 1, dueIn: 3, escape: 'test_gap' }],
    },
  ],
} as const;
