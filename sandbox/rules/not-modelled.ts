/** Rules that are known and that the sandbox does not play through, by name. */
export const notModelled = [
  // The method is not served: a bot cannot call it.
  'rateProfileSet',
  // Advice, which nothing enforces.
  'pageLimitAdvised',
];
