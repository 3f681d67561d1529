#!/usr/bin/env node
// The one command. A checkout that was never prepared is prepared first.
import { existsSync } from 'node:fs';

// Syncs wait in these threads; with the default four, letters of 20 clients would wait for each other.
process.env.UV_THREADPOOL_SIZE ??= '16';

const main = new URL('../dist/main.js', import.meta.url);
if (!existsSync(main) || !existsSync(new URL('../node_modules', import.meta.url)))
  await import('./prepare.js');
const { run } = await import(main.href);
process.exitCode = await run(process.argv.slice(2));
