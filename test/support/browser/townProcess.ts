import 'reflect-metadata';
import { SmallTown } from './smallTown.ts';

// A small town in a process of its own, filled on the first start, for tests that kill it.
const [directory = '', filled = ''] = process.argv.slice(2);
const town = await SmallTown.open({ directory, filled: filled === 'filled' });
process.stdout.write(`${town.url}\n`);
