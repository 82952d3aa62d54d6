/** Zones that shift by an hour, by half of one, by two, at midnight, never, or stand at odd quarters. */
export const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'America/St_Johns',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'UTC',
];
