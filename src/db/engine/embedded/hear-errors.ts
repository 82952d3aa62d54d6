import type { PGlite } from '@electric-sql/pglite';

/** Tells `hear` of every statement that the embedded database refuses. */
export function hearErrors(client: Pick<PGlite, 'execProtocolStream'>, hear: (error: unknown) => void): void {
  const execute = client.execProtocolStream.bind(client);
  client.execProtocolStream = async (...statement) => {
    try {
      return await execute(...statement);
    } catch (error) {
      hear(error);
      throw error;
    }
  };
}
