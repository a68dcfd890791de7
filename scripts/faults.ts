import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine, type FaultFigures } from '../test/support/faults/figures.ts';

// Runs the fault suite, or the faults that are named; with --publish, writes its figures into the page.
const page = 'docs/reliability.md';
const begin = '<!-- chiffres : début -->';
const end = '<!-- chiffres : fin -->';

const publish = process.argv.includes('--publish');
const named = process.argv.slice(2).filter((word) => word !== '--publish');
const files = named.length > 0 ? named.map((name) => `test/faults/${name}.test.ts`) : [];

/** One row of the page: what was done, on what, what was seen, and how to see it again. */
const row = ({ name, fault, stores, figures }: FaultFigures): string =>
  `| ${fault} | ${stores} | ${figures
    .map(([what, value]) => `${what}\u00A0: **${value}**`)
    .join('<br>')} | \`npm run faults -- ${name}\` |`;

function written(all: readonly FaultFigures[], day: Date): string {
  const date = day.toLocaleDateString('fr-FR', { dateStyle: 'long' });
  return [
    begin,
    '',
    `Relevés le ${date} sur ${machine()}.`,
    '',
    '| panne provoquée | stockages | ce qui a été compté | la refaire |',
    '|---|---|---|---|',
    ...all.map(row),
    '',
    end,
  ].join('\n');
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portail-faults-'));
  const kept = join(folder, 'figures.jsonl');
  writeFileSync(kept, '');
  const mocha = spawn(
    process.execPath,
    [
      'node_modules/mocha/bin/mocha.js',
      '--config',
      '.mocharc.faults.json',
      ...(files.length > 0 ? files : ['test/faults/**/*.test.ts']),
    ],
    { stdio: 'inherit', env: { ...process.env, FAULT_FIGURES_FILE: kept } },
  );
  const [code] = (await once(mocha, 'exit')) as [number | null];
  const all = readFileSync(kept, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FaultFigures);
  rmSync(folder, { recursive: true });
  for (const { fault, stores, figures } of all)
    console.log(
      `\n${fault} (${stores})\n${figures.map(([what, value]) => `  ${what} : ${value}`).join('\n')}`,
    );
  process.exitCode = code ?? 1;
  if (!publish || code !== 0) return;
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < 0) throw new Error(`${page} has lost its marks`);
  writeFileSync(page, text.slice(0, from) + written(all, new Date()) + text.slice(to + end.length));
}

await main();
