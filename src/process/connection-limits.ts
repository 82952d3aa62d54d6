import type { Server, ServerOptions } from 'node:http';

/** How long a connection may take, in ms, and how many there may be at once. */
export type ConnectionLimits = Required<
  Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'keepAliveTimeout' | 'connectionsCheckingInterval'>
> & { maxConnections: number };

/** Whoever connects and says nothing, or stops in the middle of a request, is closed within seconds. */
export const CONNECTION_LIMITS: ConnectionLimits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  // Longer than the minute for which load balancers reuse a connection, so that none is closed under a request.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
  maxConnections: 1_000,
};

/** Connections beyond the limit are closed as they come; the other limits are options of the server's making. */
export function limitConnections(server: Server, { maxConnections }: ConnectionLimits): void {
  server.maxConnections = maxConnections;
}
