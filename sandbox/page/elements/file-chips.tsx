import type { SentFile } from '../sent-file.ts';

type FileChipsProps = { files: readonly SentFile[]; disabled?: boolean; onRemove: (at: number) => void };

/** Files that are attached but not sent. */
export function FileChips({ files, disabled, onRemove }: FileChipsProps) {
  if (files.length === 0) return null;
  return (
    <ul class="file-chips">
      {files.map(({ name }, at) => (
        <li key={`${at}-${name}`} class="chip">
          {name}
          <button type="button" aria-label={`Remove ${name}`} disabled={disabled} onClick={() => onRemove(at)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}
