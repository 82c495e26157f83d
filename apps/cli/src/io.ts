import { stripVTControlCharacters } from 'node:util';

/** Where a run of the command line reads from and writes to. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  /** Results, and nothing else: what a pipe or a file takes. */
  readonly out: (text: string) => void;
  /** What the person is told meanwhile. */
  readonly err: (text: string) => void;
  /** Whether `out` is a terminal that shows colours, and its person wants them (NO_COLOR). */
  readonly colours: boolean;
  /** Whether `err` is a terminal, on which a line can be written over. */
  readonly isTerminal: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** On a terminal: often enough to be seen moving. Elsewhere each line is kept, in a log for one. */
const EVERY_MS = { terminal: 100, elsewhere: 2_000 } as const;

/** What a command says: its result once, and how it is getting on. */
export class Talk {
  #shown = false;
  #last = performance.now();

  constructor(
    readonly io: Io,
    readonly json: boolean,
  ) {}

  /**
   * The result, in words or, where `--json` asks for it, as one line of JSON. `decorated`: the words in colours, where a
   * terminal shows them.
   */
  result(value: object, words: string, decorated = (plain: string) => plain): void {
    this.#clear();
    const plain = plainText(words);
    this.io.out(`${this.json ? jsonLine(value) : this.io.colours ? decorated(plain) : plain}\n`);
  }

  say(line: string): void {
    this.#clear();
    this.io.err(`${plainText(line)}\n`);
  }

  /** Tells how far it is, if the last time was long enough ago. `line` is made only then. */
  progress(line: () => string): void {
    const { isTerminal } = this.io;
    const now = performance.now();
    if (now - this.#last < (isTerminal ? EVERY_MS.terminal : EVERY_MS.elsewhere)) return;
    this.#last = now;
    const text = plainText(line());
    this.io.err(isTerminal ? `\r\u001b[2K${text}` : `${text}\n`);
    this.#shown = isTerminal;
  }

  /** Ends a line that was being written over. */
  end(): void {
    this.#clear();
  }

  #clear(): void {
    if (this.#shown) this.io.err('\r\u001b[2K');
    this.#shown = false;
  }
}

/** Controls, and characters that turn the direction of what follows them. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Text that may come from an event, a URL or a file, without what would act on the terminal instead of being shown. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(UNSEEN, (character) =>
    character === '\n' || character === '\t' ? character : '\ufffd',
  );
}

/** JSON itself escapes only some of them. */
const jsonLine = (value: object): string =>
  JSON.stringify(value).replaceAll(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The address of a store or a server without the password in it. */
export const withoutPassword = (url: string): string => url.replace(/\/\/[^/?#]*@/, '//…@');

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
