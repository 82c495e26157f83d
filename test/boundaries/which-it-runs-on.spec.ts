import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Only these know a kind of store or of queue. What they import `.dependency-cruiser.cjs` says; here it is what they decide by
 * and what they name, which no import shows.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'libs/operation/src/configuration/configuration.ts': 'reads the addresses, and refuses what is none',
  'libs/operation/src/configuration/variables.ts': 'says what each variable may hold',
  'apps/cli/src/run.ts': 'shows in its help what an address looks like',
  'apps/worker/src/worker.ts': 'says what an address looks like, where a worker shares its queue with nobody',
  'apps/api/src/jobs/queues.ts': 'a rebuild is run by the process that was asked, whatever the others share',
};

const ADDRESSES = /^(eventStoreUrl|redisUrl|factsUrl|EVENT_STORE_URL|REDIS_URL)$/;
const SCHEMES = /\b(sqlite:|kurrentdb|esdb|rediss?:)/;
const ADAPTERS = /^((Sqlite|KurrentDb)EventStore|BullQueue|InProcessQueue|RedisLink|(Redis|Own)Facts)$/;
const QUESTIONS = /^(test|exec|match|includes|startsWith|endsWith|indexOf|search|slice|split)$/;

/** Where a text names a kind of store or queue, or decides by an address, in words; nothing where it only hands addresses on. */
function knowledgeIn(text: string): string[] {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && ADAPTERS.test(node.text)) found.push(`names ${node.text}`);
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isRegularExpressionLiteral(node)) {
      if (SCHEMES.test(node.text)) found.push(`knows ${SCHEMES.exec(node.text)![0]}`);
    }
    if ((ts.isIdentifier(node) || ts.isStringLiteral(node)) && ADDRESSES.test(node.text) && decides(node))
      found.push(`decides by ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Set(found)];
}

/** Whether what happens next depends on it. */
function decides(node: ts.Node): boolean {
  const { parent } = node;
  const isAccessed = (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && !isFirst(node);
  if (isAccessed || ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) return decides(parent);
  // `?? address` hands it on; `address ??` asks whether it is there.
  if (ts.isBinaryExpression(parent)) {
    const isDefault = parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken && parent.right === node;
    return !isDefault && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  }
  if (ts.isPropertyAccessExpression(parent)) return true;
  if (ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression))
    return QUESTIONS.test(parent.expression.name.text);
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  return ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isSwitchStatement(parent);
}

const isFirst = (node: ts.Node) =>
  (ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)) &&
  node.parent.expression === node;

const above = globSync('{apps,libs}/*/src/**/*.ts', { cwd: ROOT })
  .filter((path) => !/\.(spec|contract|bench)\.ts$|^libs\/(event-store|jobs|testing)\//.test(path))
  .toSorted();

describe('Above libs/event-store and libs/jobs', () => {
  it('nothing names a kind of store or queue, or decides by where they are', () => {
    expect(above.length).toBeGreaterThan(300);
    const known = above.map((path) => [path, knowledgeIn(readFileSync(join(ROOT, path), 'utf8'))] as const);
    const knowing = known.filter(([path, found]) => found.length && !(path in EXCEPTIONS));
    expect(Object.fromEntries(knowing)).toEqual({});
    // One that knows nothing any more is none.
    const needed = known.filter(([path, found]) => found.length && path in EXCEPTIONS).map(([path]) => path);
    expect(needed).toEqual(Object.keys(EXCEPTIONS).toSorted());
  });

  it.each([
    ["if (redisUrl === undefined) throw new Error('none');", 'decides by redisUrl'],
    ['const isAlone = !configuration.redisUrl;', 'decides by redisUrl'],
    ['const queue = (configuration.redisUrl) ? one() : two();', 'decides by redisUrl'],
    ['const queue = configuration.redisUrl && one();', 'decides by redisUrl'],
    ['const url = redisUrl ?? other;', 'decides by redisUrl'],
    ["if (process.env['REDIS_URL']) one();", 'decides by REDIS_URL'],
    ['if (process.env.EVENT_STORE_URL) one();', 'decides by EVENT_STORE_URL'],
    ["const isFile = eventStoreUrl.startsWith('s');", 'decides by eventStoreUrl'],
    ['const isFile = /^s/.test(configuration.eventStoreUrl);', 'decides by eventStoreUrl'],
    ['switch (eventStoreUrl) {}', 'decides by eventStoreUrl'],
    ["if (url.startsWith('sqlite:')) one();", 'knows sqlite:'],
    ['const url = `sqlite:${file}`;', 'knows sqlite:'],
    ['const isServer = /^(kurrentdb|esdb):/.test(url);', 'knows kurrentdb'],
    ["const url = 'kurrentdb+discover://a';", 'knows kurrentdb'],
    ['if (store instanceof SqliteEventStore) one();', 'names SqliteEventStore'],
    ["import { BullQueue } from '#jobs';", 'names BullQueue'],
  ])('%s would be found', (text, what) => expect(knowledgeIn(text)).toContain(what));

  it.each([
    'const store = await openEventStore(configuration.eventStoreUrl);',
    'const { redisUrl, dataDir } = configuration; await openJobQueue(redisUrl, {});',
    'await Identity.open({ store, factsUrl: configuration.redisUrl });',
    'const from = given ?? readConfiguration(env).eventStoreUrl;',
    'interface Configuration { readonly redisUrl?: string }',
    "type Part = Pick<Configuration, 'redisUrl'>;",
    '// On sqlite: another way than on kurrentdb://',
    "throw new Error('set DATA_DIR or EVENT_STORE_URL');",
  ])('%s only hands it on', (text) => expect(knowledgeIn(text)).toEqual([]));
});
