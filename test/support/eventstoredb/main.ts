import { fstatSync } from 'node:fs';
import { startEventStoreDb } from './eventStoreDbServer.ts';

/*
 * The server for tests as a process of its own: `tsx test/support/eventstoredb/main.ts [port] [nodes]`. Prints its
 * connection string on one line, and stops with SIGTERM, SIGINT, or with its parent when that holds a pipe
 * to its standard input.
 */
const [port = '0', nodes = '1'] = process.argv.slice(2);
const cluster = await startEventStoreDb({ port: Number(port), nodes: Number(nodes) });
process.stdout.write(`${cluster.connectionString}\n`);

const stop = (): void => {
  void cluster.stop().then(() => process.exit(0));
};
process.once('SIGTERM', stop).once('SIGINT', stop);
const input = fstatSync(0);
if (input.isFIFO() || input.isSocket()) process.stdin.on('end', stop).on('error', stop).resume();
