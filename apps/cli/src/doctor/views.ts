import { join } from 'node:path';
import { ALL_VIEWS, type ViewFileFound, viewFilesIn } from '#views';
import { counted } from '../io.js';
import { fault, type Finding, ok, warning } from './finding.js';

/** `publicEvents`: how many of them the log has, if it was read. */
export function examineViews(dataDir: string, publicEvents: number | undefined): { found: Finding[]; latest?: string } {
  const folder = join(dataDir, 'views');
  const files = viewFilesIn(folder, ALL_VIEWS);
  const found: Finding[] = [];
  const damaged = files.filter(({ head }) => head === undefined);
  for (const { path } of damaged) {
    found.push(warning('views', `${path} was not finished, or is damaged`, 'Nothing: the next start deletes it'));
  }
  const current = newest(files.filter(({ isOfThisEdition, head }) => isOfThisEdition && head));
  if (!current?.head) {
    const others = files.some(({ isOfThisEdition }) => !isOfThisEdition);
    const why = others
      ? `The documents in ${folder} are of another edition`
      : `There are no documents in ${folder} yet`;
    return { found: [...found, ok('views', `${why}: the next start builds them from the log`)] };
  }
  const { sequence, recordedAt } = current.head;
  const told = sequence + 1;
  if (publicEvents !== undefined && told > publicEvents) {
    const what = `The documents tell ${counted(told, 'event')}, and the log has ${publicEvents}: it is another log`;
    found.push(
      fault('views', what, 'Check EVENT_STORE_URL and DATA_DIR; if both are right, the next start builds them anew'),
    );
  } else {
    const behind = publicEvents === undefined ? 0 : publicEvents - told;
    found.push(
      ok(
        'views',
        `The documents tell ${counted(told, 'event')}${behind > 0 ? `, ${behind} are to be folded yet` : ''}`,
      ),
    );
  }
  return { found, ...(recordedAt && { latest: recordedAt }) };
}

const newest = (files: readonly ViewFileFound[]): ViewFileFound | undefined =>
  files.toSorted((a, b) => (b.head?.sequence ?? -1) - (a.head?.sequence ?? -1))[0];
