import { folderId, keysIn } from '#identity';
import { tryBriefFacts } from '#jobs';
import type { Configuration } from '#operation';
import { fault, type Finding, ok, warning, wordsOf } from './finding.js';

const OPEN = [
  'Nobody signs in, as PEOPLE is off: whoever reaches the server gives commands in whose name they like',
  'Leave PEOPLE out, unless it is only to be tried',
] as const;

/** `keysNamed`: those that the log says to be its own, if it could be asked. */
export async function examinePeople(
  { people, dataDir, redisUrl }: Pick<Configuration, 'people' | 'dataDir' | 'redisUrl'>,
  keysNamed: string | undefined,
): Promise<Finding[]> {
  const found = [await keys(keysIn(dataDir), keysNamed)];
  if (people === 'off') found.push(warning('people', ...OPEN));
  else found.push(...(await sessions(redisUrl)));
  return found;
}

async function keys(folder: string, named: string | undefined): Promise<Finding> {
  const there = await folderId(folder);
  if (named === undefined) {
    if (there === undefined)
      return ok('people', `There are no keys of persons in ${folder}: nobody has an account yet`);
    return ok('people', `There are keys of persons in ${folder}; the server that has the log compares them with it`);
  }
  if (there === named) return ok('people', `The keys of persons in ${folder} are those that the log names`);
  const what =
    there === undefined
      ? `There are no keys of persons in ${folder}, and the log names some`
      : `The keys of persons in ${folder} are other ones than those that the log names`;
  return fault(
    'people',
    what,
    'Share one folder between all processes (DATA_DIR/keys), or bring it back from its backup: until then nobody here can ' +
      'be read, nor sign in',
  );
}

async function sessions(redisUrl: string | undefined): Promise<Finding[]> {
  try {
    if (!(await tryBriefFacts(redisUrl))) return [];
    return [ok('people', 'Redis keeps who is signed in, for all nodes')];
  } catch (error) {
    const mend = 'Mend it: until then nobody is signed in, and the public record can be read';
    return [fault('people', wordsOf(error), mend)];
  }
}
