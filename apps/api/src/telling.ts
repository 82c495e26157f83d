import type { Administration } from '#identity';
import { type Configuration, isLoopback } from '#operation';
import type { Progress } from '#views';
import type { Product } from './product.js';
import type { RecordProgress } from './record/load-record.js';

const EVERY_MS = 250;

/** Lines about the long steps of a start: the last one of each, and not more than four a second before it. */
export function tellProgress(say: (line: string) => void) {
  let last = 0;
  return (progress: Progress | RecordProgress): void => {
    const isEnd = progress.phase === 'loading' && progress.done === progress.total;
    if (!isEnd && Date.now() - last < EVERY_MS) return;
    last = Date.now();
    if (progress.phase === 'loading') {
      const { done, total, recorded, repeated, refused } = progress;
      say(
        `  record: ${done} of ${total} commands (${recorded} recorded, ${repeated} already there, ${refused} refused)`,
      );
    } else {
      const what = progress.phase === 'building' ? 'building' : 'catching up';
      say(`  views: ${what}, ${progress.events} events so far`);
    }
  };
}

export const whoMayCommand = ({ host, people }: Pick<Configuration, 'host' | 'people'>): string =>
  people === 'required'
    ? 'Everybody may read the public record; whoever does more signs in.'
    : `Nobody signs in, as PEOPLE is off: it listens ${isLoopback(host) ? 'on this machine only' : `on ${host}, as was accepted`}, ` +
      'and every command names its actor in a header.';

/** Where too few administer it. Whoever started the process is the one who may come in first, or says who does. */
export const howToBegin = (link: string, administration: Administration = 'nobody'): string => {
  const [why, whom] =
    administration === 'left-alone'
      ? ['One person alone administers it, and a mandate takes two.', 'make another administrator']
      : ['Nobody administers it yet.', 'become the first administrator'];
  return `${why} Open this link, good for a day and one time, to ${whom}:\n  ${link}`;
};

/** What a person finds behind the address, and what of the record was refused. */
export function whatIsThere({ views, loaded }: Product): string {
  const { sequence } = views.head;
  const lines = [
    `${views.count('organizations')} organizations, ${views.count('actions')} actions, ` +
      `${views.count('cycles')} cycles and ${views.count('reports')} reports, told by ${sequence + 1} events`,
  ];
  if (loaded?.dryRun) {
    lines.push(
      `Dry run: ${loaded.total} commands looked at, ${loaded.refused.length} would be refused, none was given`,
    );
  }
  for (const { file, id, field, reason } of loaded?.refused ?? []) {
    lines.push(`  refused: ${file} ${id}${field ? ` ${field}` : ''}: ${reason}`);
  }
  return lines.join('\n');
}
