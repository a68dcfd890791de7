import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const layer = (folder) => `(^|/)${folder}/`;

/** Refuses imports whose path matches; the message says which way imports point. */
const refuse = (regex, message) => ({ regex, message });
const boundary = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const inward = 'Imports point inward: interfaces -> application -> domain.';
const contexts = ['family', 'child', 'activity', 'reservation', 'receipt'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'bench/results/', 'docs/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['eslint.config.mjs', 'scripts/*.mjs', 'test/support/*.cjs'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  { files: ['**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { require: 'readonly', module: 'readonly', process: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['scripts/**', 'bench/**', '**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off', 'no-undef': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  boundary(
    ['src/domain/**'],
    [
      refuse(layer('(application|infrastructure|interfaces)'), inward),
      refuse('^(?!\\.{1,2}/|luxon$|immutable$)', 'The domain is pure: luxon and immutable only.'),
    ],
  ),
  ...contexts.flatMap((context) =>
    // At each depth of its folders, a context imports its own files and, one step above them, kernel/.
    ['*', '*/*', '*/*/*'].map((files, depth) =>
      boundary(
        [`src/domain/${context}/${files}`],
        [
          refuse(layer('(application|infrastructure|interfaces)'), inward),
          refuse(
            '^(?!\\.{1,2}/|luxon$|immutable$)',
            'The domain is pure: luxon and immutable only.',
          ),
          refuse(
            `^(\\.\\./){${depth + 1}}(?!kernel/)`,
            'A context imports kernel and itself: what two contexts share lives in kernel/.',
          ),
        ],
      ),
    ),
  ),
  {
    files: ['src/domain/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'fetch', 'crypto', 'performance'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'The domain has no clock.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The domain has no clock.',
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'The domain has no randomness.',
        },
        {
          selector:
            "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local|utc)$/]",
          message: 'The domain has no clock.',
        },
      ],
    },
  },
  boundary(['src/application/**'], [refuse(layer('(infrastructure|interfaces)'), inward)]),
  boundary(['src/infrastructure/**'], [refuse(layer('interfaces'), inward)]),
  boundary(
    ['src/interfaces/**'],
    [refuse(layer('infrastructure'), 'Interfaces reach infrastructure through application ports.')],
  ),
  prettier,
);
