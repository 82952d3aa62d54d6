const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text, or the offset and value of the first byte that is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): { text: string } | { badByte: string } {
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    const at = firstInvalidByte(bytes);
    return { badByte: `0x${(bytes[at] ?? 0).toString(16).padStart(2, '0').toUpperCase()} at byte ${at + 1}` };
  }
}

/** The first byte of the first character that is none; not the byte at which the decoder gave up on it. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isUtf8(bytes.subarray(0, middle), true)) valid = middle;
    else invalid = middle;
  }
  while (!isUtf8(bytes.subarray(0, valid), false)) valid -= 1;
  return valid;
}

function isUtf8(bytes: Uint8Array, mayBeCutOff: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayBeCutOff });
    return true;
  } catch {
    return false;
  }
}
