import { expect } from 'chai';
import { ESLint, Linter } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

/** What a source file imports, types and dynamic imports too; its own files as paths below `src`. */
function importsOf(file: string): { readonly own: string[]; readonly packages: string[] } {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  const names = importedFiles.map(({ fileName }) => fileName);
  return {
    own: names
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(src, resolve(dirname(file), name))),
    packages: names.filter((name) => !name.startsWith('.')),
  };
}

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .sort();
const imports = new Map(sources.map((path) => [path, importsOf(join(src, path))]));
const inFolder = (folder: string) => [...imports].filter(([path]) => path.startsWith(`${folder}/`));

/** Files of a folder that import their own from elsewhere than allowed: `file -> import`. */
const strays = (folder: string, allowed: readonly string[]): string[] =>
  inFolder(folder).flatMap(([path, { own }]) =>
    own
      .filter((target) => !allowed.some((place) => target.startsWith(`${place}/`)))
      .map((target) => `${path} -> ${target}`),
  );

describe('the layers of src', () => {
  it('hold something, so that the rules below say something', () => {
    for (const layer of ['domain', 'application', 'infrastructure', 'interfaces'])
      expect(inFolder(layer).length, layer).to.be.greaterThan(5);
    expect(imports.get('application/aggregates.ts')?.own).to.include('domain/child/child.ts');
  });

  it('point inward only', () => {
    expect(strays('domain', ['domain'])).to.deep.equal([]);
    expect(strays('application', ['application', 'domain'])).to.deep.equal([]);
    expect(strays('infrastructure', ['infrastructure', 'application', 'domain'])).to.deep.equal([]);
    expect(strays('interfaces', ['interfaces', 'application', 'domain'])).to.deep.equal([]);
  });

  it('keep the domain free of everything but its own files, luxon and immutable', () => {
    const packages = inFolder('domain').flatMap(([, found]) => found.packages);
    expect([...new Set(packages)].sort()).to.deep.equal(['immutable', 'luxon']);
  });

  it('keep frameworks, files and networks out of the application: it may only wait', () => {
    const packages = inFolder('application').flatMap(([path, found]) =>
      found.packages.map((name) => `${path} -> ${name}`),
    );
    expect(packages.filter((found) => !found.endsWith(' -> node:timers/promises'))).to.deep.equal(
      [],
    );
  });

  it('keep each context of the domain to itself and the kernel', () => {
    const contexts = readdirSync(join(src, 'domain'));
    expect(contexts).to.include('kernel').and.include('reservation');
    for (const context of contexts)
      expect(
        strays(`domain/${context}`, [`domain/${context}`, 'domain/kernel']),
        context,
      ).to.deep.equal([]);
  });
});

/** The lint rules in force for a file, without those that need the types of the whole program. */
async function boundariesOf(file: string): Promise<NonNullable<Linter.Config['rules']>> {
  const { rules } = (await eslint.calculateConfigForFile(join(root, file))) as Linter.Config;
  const kept = ['no-restricted-imports', 'no-restricted-globals', 'no-restricted-syntax'];
  return Object.fromEntries(Object.entries(rules ?? {}).filter(([name]) => kept.includes(name)));
}
const eslint = new ESLint({ cwd: root });
const linter = new Linter({ cwd: root });

/** What the linter says of a source text planted at a place. */
async function lint(file: string, text: string): Promise<string[]> {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: await boundariesOf(file),
  };
  return linter.verify(text, [config], file).map(({ message }) => message);
}

describe('the linter', () => {
  const inward = /point inward/;
  const planted: readonly [string, string, RegExp][] = [
    ['src/domain/child/x.ts', '../../application/aggregate.ts', inward],
    ['src/domain/kernel/x.ts', '../../infrastructure/uuids.ts', inward],
    ['src/domain/activity/x.ts', '../../interfaces/rejections.ts', inward],
    ['src/domain/reservation/x.ts', 'express', /pure/],
    ['src/domain/kernel/x.ts', 'node:fs', /pure/],
    ['src/domain/family/x.ts', 'node:crypto', /pure/],
    ['src/domain/reservation/x.ts', '../child/child.ts', /kernel and itself/],
    ['src/domain/receipt/x.ts', '../reservation/sessionBook.ts', /kernel and itself/],
    ['src/application/x.ts', '../infrastructure/uuids.ts', inward],
    ['src/application/reservation/x.ts', '../../interfaces/rejections.ts', inward],
    ['src/infrastructure/sqlite/x.ts', '../../interfaces/rejections.ts', inward],
    ['src/interfaces/web/x.ts', '../../infrastructure/uuids.ts', /application ports/],
    [
      'src/interfaces/http/routes/x.ts',
      '../../../infrastructure/container.ts',
      /application ports/,
    ],
  ];
  for (const [file, target, message] of planted)
    it(`refuses that ${file} imports ${target}`, async () => {
      for (const text of [
        `import { a } from '${target}';\nexport const b = a;\n`,
        `import type { A } from '${target}';\nexport type B = A;\n`,
        `export * from '${target}';\n`,
      ]) {
        const messages = await lint(file, text);
        expect(messages.join('\n'), text).to.match(message);
      }
    });

  it('lets the imports that point inward through', async () => {
    const allowed = [
      ['src/domain/reservation/x.ts', '../kernel/ids.ts'],
      ['src/domain/reservation/x.ts', './sessionBook.ts'],
      ['src/domain/kernel/x.ts', 'luxon'],
      ['src/domain/kernel/x.ts', 'immutable'],
      ['src/application/reservation/x.ts', '../../domain/kernel/ids.ts'],
      ['src/application/x.ts', './ports/eventStore.ts'],
      ['src/infrastructure/sqlite/x.ts', '../../application/ports/eventStore.ts'],
      ['src/interfaces/http/x.ts', '../../application/services.ts'],
      ['src/main.ts', './infrastructure/container.ts'],
    ] as const;
    for (const [file, target] of allowed)
      expect(await lint(file, `export * from '${target}';\n`), `${file} ${target}`).to.deep.equal(
        [],
      );
  });

  it('refuses a clock, chance and the world outside in the domain', async () => {
    for (const text of [
      'export const now = Date.now();',
      'export const now = new Date();',
      'export const chance = Math.random();',
      "import { DateTime } from 'luxon'; export const now = DateTime.now();",
      "import { DateTime } from 'luxon'; export const now = DateTime.local();",
      'export const zone = process.env;',
      "export const answer = fetch('https://example.org');",
      'export const id = crypto.randomUUID();',
      'setTimeout(() => undefined, 1);',
    ])
      expect(await lint('src/domain/kernel/x.ts', `${text}\n`), text).to.have.length(1);
    expect(
      await lint('src/domain/kernel/x.ts', 'export const day = new Date(0).toISOString();\n'),
    ).to.deep.equal([]);
  });
});
