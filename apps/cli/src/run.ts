import { Command, CommanderError, Option } from 'commander';
import type { DoctorOptions } from './doctor/doctor.js';
import { EXIT, exitCodeOf, inWords } from './faults.js';
import type { ImportOptions } from './import/import.js';
import { type Io, plainText, Talk } from './io.js';
import type { MigrateOptions } from './migrate/migrate.js';
import type { RebuildOptions } from './rebuild/rebuild.js';
import { version } from './version.js';

/** What commander itself ends with when it did what it was asked. */
const FINE = new Set(['commander.helpDisplayed', 'commander.version']);

/**
 * Carries out one command line, without the program's name, and answers the exit code. What a command needs is loaded
 * when it is given: a typing error is told at once.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await programFor(io).parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return FINE.has(error.code) ? EXIT.ok : EXIT.usage;
    io.err(`${plainText(inWords(error))}\n`);
    return exitCodeOf(error);
  }
}

function programFor(io: Io): Command {
  const program = new Command('para71')
    .description('Moves, fills, rebuilds and examines the log of Para 71. The server is started by npm start.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: (text) => io.err(plainText(text)),
      getOutHasColors: () => io.colours,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'before',
      examples(
        ['para71 doctor', 'what is wrong with this installation, and the mend'],
        ['para71 migrate --to kurrentdb://db:2113?tls=false', 'copy the log to a server'],
        ['para71 migrate --from kurrentdb://db:2113 --to sqlite:data/events.sqlite', 'and back into a file'],
        ['para71 import', 'record what is new in the public record'],
        ['para71 rebuild', 'build all views anew from the log'],
        ['para71 set-up-link', 'let an administrator in where those who administer cannot come in'],
      ),
    )
    .addHelpText(
      'after',
      '\nResults go to the standard output, all else to the error output. The exit code is 0, or 1 if it failed, 2 if the\n' +
        'command was not understood, 130 after Ctrl-C. The variables are those of the server, such as DATA_DIR and\n' +
        'EVENT_STORE_URL.',
    );

  /** Runs what `load` gives with the options; the next line of the person ends a line of progress. */
  const doing =
    <Options>(load: () => Promise<(options: Options, talk: Talk) => Promise<void>>) =>
    async (options: Options & { readonly json?: true }) => {
      const talk = new Talk(io, options.json ?? false);
      try {
        const command = await load();
        await command(options, talk);
      } finally {
        talk.end();
      }
    };
  const json = () => new Option('--json', 'the result as one line of JSON');

  program
    .command('migrate')
    .summary('copy the log into an empty store of another kind')
    .description(
      'Copies the log, event by event as it is, into a store that is empty, and holds both against each other: the ' +
        'logs, and the sequences and the digest of the views built from them. What an interrupted copy has left is compared ' +
        'first, and gone on from. A store that holds anything else is left alone.',
    )
    .option('--to <url>', 'where to: sqlite:<path>, kurrentdb://… or esdb://…')
    .addOption(new Option('--to-file <file>', 'a file that holds this URL, for one with a password').conflicts('to'))
    .option('--from <url>', 'where from; by default the log of the configuration')
    .addOption(new Option('--from-file <file>', 'a file that holds this URL').conflicts('from'))
    .option('--no-views', 'leave out the views of both, which take a while to build where the log is long')
    .addOption(json())
    .addHelpText(
      'before',
      examples(
        ['para71 migrate --to kurrentdb://db:2113?tls=false', 'from the configured log to a server'],
        ['para71 migrate --to-file /run/secrets/store', 'with a password'],
      ),
    )
    .action(doing<MigrateOptions>(async () => (await import('./migrate/migrate.js')).migrate));

  program
    .command('import')
    .summary('record the public record, or take over an exported log')
    .description(
      'Gives the public record as commands, which add nothing where they were given before; or takes an export of ' +
        'GET /api/events over into an empty log, as it is. Tells every row that was refused.',
    )
    .addOption(new Option('--record <name>', 'which record').choices(['wsis']).default('wsis'))
    .addOption(
      new Option('--file <file>', 'an export of GET /api/events, - for the standard input').conflicts('record'),
    )
    .option('--dry-run', 'only tell what would be refused, by recording into a log that is thrown away')
    .addOption(json())
    .addHelpText(
      'before',
      examples(
        ['para71 import --dry-run', 'what of the public record the rules would refuse'],
        ['curl -s localhost:7171/api/events | DATA_DIR=copy para71 import --file -', 'a copy of a log'],
      ),
    )
    .action(doing<ImportOptions>(async () => (await import('./import/import.js')).importInto));

  program
    .command('rebuild')
    .summary('build all views anew')
    .description(
      'Builds the views in DATA_DIR anew from the log. A server that runs is asked instead: POST /api/jobs/rebuild.',
    )
    .option('--digest', 'also tell the digest of all documents')
    .addOption(json())
    .addHelpText('before', examples(['para71 rebuild --digest', 'the same digest on every node of the same log']))
    .action(doing<RebuildOptions>(async () => (await import('./rebuild/rebuild.js')).rebuild));

  program
    .command('set-up-link')
    .summary('a link by which another administrator comes in')
    .description(
      'Prints a set-up link, good for a day and one time, however many administer: ' +
        'for where those who do have lost what they sign in with. Who comes in by it ' +
        'stands on the public record as an administrator by the set-up link. A server that runs takes it as well.',
    )
    .addOption(json())
    .addHelpText(
      'before',
      examples(['para71 set-up-link', 'and again once it is used, where nobody else is left: much takes two of them']),
    )
    .action(doing<object>(async () => (await import('./set-up-link/set-up-link.js')).setUpLink));

  program
    .command('doctor')
    .summary('examine this installation')
    .description(
      'Looks at configuration, log, people, queue, clock, disk and versions. Ends with 1 where it found a fault.',
    )
    .option('--quick', 'leave out what reads the whole log')
    .option('--attachments', 'also read every attachment, and compare it with its hash')
    .addOption(json())
    .addHelpText(
      'before',
      examples(
        ['para71 doctor', 'each finding with its mend'],
        ['para71 doctor --attachments', 'and whether every file is what was uploaded'],
        ['para71 doctor --quick --json', ''],
      ),
    )
    .action(doing<DoctorOptions>(async () => (await import('./doctor/doctor.js')).doctor));

  return program;
}

function examples(...lines: readonly (readonly [string, string])[]): string {
  const shown = lines.map(([line, meaning]) => `  $ ${line}${meaning && `\n      ${meaning}`}`);
  return `Examples:\n${shown.join('\n')}\n`;
}
