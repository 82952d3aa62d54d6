import { ConfigError } from '../config.ts';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be used by this user',
  EADDRNOTAVAIL: 'cannot be served: its host is no address of this machine',
};

/** For what a server throws at its start: names the variables that chose its port, and passes on whatever is no matter of theirs. */
export function portProblem(variables: string): (error: unknown) => never {
  return (error) => {
    const { code, syscall, port } = error as { code?: string; syscall?: string; port?: number };
    const reason = syscall === 'listen' || syscall === 'bind' ? REASONS[code ?? ''] : undefined;
    throw reason ? new ConfigError([`${variables}: port ${port} ${reason}. Set another one.`]) : error;
  };
}
