import { BadJson, type BadJsonCode } from './bad-json.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LOW_SURROGATE = /\\u[dD][c-fC-F][0-9a-fA-F]{2}/y;
const WORDS = ['true', 'false', 'null'];
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Fewer digits than the largest safe integer has: the number needs no second look. */
const SURELY_SAFE = 15;

/**
 * Walks over a JSON text once, from left to right, and builds nothing. Stops at the first thing that is not JSON or that
 * two readers could take differently. Recursion is bounded by the depth that is allowed.
 */
export class JsonScan {
  private at = 0;
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {}

  /** Throws `BadJson` at the first flaw. What passes is what `JSON.parse` takes. */
  check(): void {
    this.value(0);
    if (!Number.isNaN(this.next())) this.unexpected('the end of the text');
  }

  private value(depth: number): void {
    switch (this.next()) {
      case QUOTE:
        this.string();
        return;
      case OPEN_OBJECT:
        return this.object(depth + 1);
      case OPEN_ARRAY:
        return this.array(depth + 1);
      default:
        return this.wordOrNumber();
    }
  }

  private object(depth: number): void {
    this.enter(depth);
    if (this.skip(CLOSE_OBJECT)) return;
    const keys = new Set<string>();
    do {
      if (this.next() !== QUOTE) this.unexpected('a key in double quotes');
      const start = this.at;
      const key = this.string();
      this.path.push(key);
      if (FORBIDDEN_KEYS.includes(key)) this.fail('json-key-forbidden', `The key "${key}" is not allowed.`, start);
      if (keys.size === keys.add(key).size) {
        this.fail('json-key-repeated', `The key ${JSON.stringify(key)} is repeated.`, start);
      }
      if (!this.skip(COLON)) this.unexpected('a colon');
      this.value(depth);
      this.path.pop();
    } while (this.skip(COMMA));
    if (!this.skip(CLOSE_OBJECT)) this.unexpected('a comma or a closing brace');
  }

  private array(depth: number): void {
    this.enter(depth);
    if (this.skip(CLOSE_ARRAY)) return;
    let index = 0;
    do {
      this.path.push(index++);
      this.value(depth);
      this.path.pop();
    } while (this.skip(COMMA));
    if (!this.skip(CLOSE_ARRAY)) this.unexpected('a comma or a closing bracket');
  }

  private enter(depth: number): void {
    if (depth > this.depth)
      this.fail('json-too-deep', `More than ${this.depth} objects and arrays stand in each other.`);
    this.at++;
  }

  /** The string that begins here, without its escapes. */
  private string(): string {
    const start = ++this.at;
    let escaped = false;
    for (;;) {
      const char = this.text.charCodeAt(this.at);
      if (char === QUOTE) break;
      if (char === BACKSLASH) {
        escaped = true;
        this.escape();
      } else if (char >= 0x20) {
        this.at++;
      } else {
        // Below are the control characters, and not a number at the end of the text.
        this.unexpected('the end of a string');
      }
    }
    const raw = this.text.slice(start, this.at++);
    return escaped ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  private escape(): void {
    const start = this.at;
    if (!this.matches(ESCAPE)) this.unexpected('an escape such as \\n or \\u00e9');
    // Halves can only come from escapes: the text itself was decoded from valid UTF-8.
    if (this.text[start + 1] !== 'u') return;
    const unit = Number.parseInt(this.text.slice(start + 2, start + 6), 16);
    if (unit < 0xd800 || unit > 0xdfff) return;
    if (unit >= 0xdc00 || !this.matches(LOW_SURROGATE)) {
      this.fail('json-half-surrogate', `${this.text.slice(start, start + 6)} is half of a surrogate pair.`, start);
    }
  }

  private wordOrNumber(): void {
    const start = this.at;
    if (this.matches(NUMBER)) return this.checkNumber(start);
    const word = WORDS.find((known) => this.text.startsWith(known, start));
    if (!word) this.unexpected('a value');
    this.at += word.length;
  }

  private checkNumber(start: number): void {
    const digits = this.text.slice(start, this.at);
    if (digits.length <= SURELY_SAFE && !/[eE]/.test(digits)) return;
    const value = Number(digits);
    const vanished = value === 0 && /^-?[0.]*[1-9]/.test(digits);
    if (!Number.isFinite(value) || vanished || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
      this.fail('json-number-out-of-range', `The number ${digits.slice(0, 40)} cannot be held exactly.`, start);
    }
  }

  /** The next character that is not white space, to which this moves; not a number at the end. */
  private next(): number {
    for (;;) {
      const char = this.text.charCodeAt(this.at);
      if (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09) return char;
      this.at++;
    }
  }

  private skip(char: number): boolean {
    if (this.next() !== char) return false;
    this.at++;
    return true;
  }

  private matches(sticky: RegExp): boolean {
    sticky.lastIndex = this.at;
    if (!sticky.test(this.text)) return false;
    this.at = sticky.lastIndex;
    return true;
  }

  private unexpected(wanted: string): never {
    const found = this.text.codePointAt(this.at);
    const what = found === undefined ? 'The text ends' : `There is ${JSON.stringify(String.fromCodePoint(found))}`;
    return this.fail('json-malformed', `${what} where ${wanted} was expected.`);
  }

  private fail(code: BadJsonCode, message: string, offset = this.at): never {
    const before = this.text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    throw new BadJson(code, message, {
      pointer: pointerTo(this.path),
      offset,
      line: before.split('\n').length,
      column: offset - lineStart + 1,
    });
  }
}

/** JSON Pointer (RFC 6901) of a path of keys and indexes. */
export function pointerTo(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
