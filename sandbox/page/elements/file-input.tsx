import { useState } from 'preact/hooks';
import type { Element } from '../../blocks/block.ts';
import { type SentFile, sentFiles } from '../sent-file.ts';
import { type Place, useSurface } from '../surface.ts';
import { FileChips } from './file-chips.tsx';

const mostFiles = 10;

export function FileInput({ element, place }: { element: Element; place: Place }) {
  const surface = useSurface();
  const [files, setFiles] = useState<SentFile[]>([]);
  const most = typeof element.max_files === 'number' ? element.max_files : mostFiles;
  const types = Array.isArray(element.filetypes) ? element.filetypes.map((type) => `.${type}`) : [];
  const held = surface.values[place.blockId]?.[element.action_id ?? '']?.files?.length ?? 0;

  const attach = async (next: SentFile[]) => {
    if (await surface.fill(place.blockId, next)) setFiles(next);
  };
  return (
    <div class="field-box">
      <input
        type="file"
        id={place.controlId}
        class="field"
        accept={types.join(',')}
        disabled={surface.inert || held >= most}
        multiple={most > 1}
        aria-labelledby={place.labelledBy}
        aria-describedby={place.describedBy}
        aria-invalid={surface.errors[place.blockId] ? true : undefined}
        onChange={async (event) => {
          const input = event.target as HTMLInputElement;
          const chosen = await sentFiles(input.files);
          input.value = '';
          await attach([...files, ...chosen]);
        }}
      />
      <FileChips
        files={files}
        disabled={surface.inert}
        onRemove={(at) => void attach(files.filter((_file, index) => index !== at))}
      />
      <span class="note">
        {held} of {most} {most === 1 ? 'file' : 'files'} attached
      </span>
    </div>
  );
}
