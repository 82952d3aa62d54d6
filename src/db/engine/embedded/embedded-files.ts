import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Attributes = { mode?: number };
type NodeFiles = {
  stream_ops?: { open?: unknown; fsync?: (stream: { nfd: number }) => void };
  node_ops?: { setattr?: (node: unknown, attributes: Attributes) => void };
  tryFSOperation?: (operation: () => void) => void;
};
type Options = Parameters<NodeFS['init']>[1];

const OTHERS = 0o077;

/** fsync(2), by the descriptor of a file or a directory. */
export type Fsync = (descriptor: number) => void;

/**
 * The files of an embedded database, on which fsync means fsync, and which only their owner may use. Emscripten answers
 * PostgreSQL's fsync by the operation of that name on the stream, and says that all is well where there is none; its own
 * file system for Node has none. It also gives a file the rights that were asked for, whatever the umask.
 */
export class EmbeddedFiles extends NodeFS {
  readonly #fsync: Fsync;

  constructor(directory: string, fsync: Fsync = fsyncSync) {
    super(directory);
    this.#fsync = fsync;
  }

  override async init(client: PGlite, options: Options): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(client, options);
    const patch = ({ NODEFS }: { NODEFS: unknown }) => this.#patch(NODEFS as NodeFiles);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [patch, ...(emscriptenOpts.preRun ?? [])] } };
  }

  #patch({ stream_ops: streams, node_ops: nodes, tryFSOperation }: NodeFiles): void {
    const setAttributes = nodes?.setattr;
    if (!streams?.open || !nodes || !setAttributes || !tryFSOperation)
      throw new Error('The file operations of PGlite are not where fsync could be added to them.');
    // PostgreSQL has to see a failure as an errno, so that it refuses to go on.
    streams.fsync = ({ nfd }) => tryFSOperation(() => this.#fsync(nfd));
    nodes.setattr = (node, { mode, ...others }) =>
      setAttributes(node, mode === undefined ? others : { ...others, mode: mode & ~OTHERS });
  }
}
