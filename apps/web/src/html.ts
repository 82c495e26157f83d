/** Markup that is safe to send. Only `html` makes it. */
class Html {
  constructor(readonly markup: string) {}
}
export type { Html };

/** What may stand in a template. `false` and `undefined` leave nothing behind. */
export type Content = Html | string | number | false | undefined | readonly Content[];

/**
 * Markup with texts in it; a text is escaped wherever it stands, between tags and in quoted attributes alike. This is all
 * that these pages would need of a template engine: the compiler checks the rest, and there is no unescaped form to
 * choose by mistake. Attributes are always written with double quotes.
 */
export function html(markup: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(String.raw({ raw: withoutIndents(markup) }, ...contents.map(markupOf)));
}

const COMPACT = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The source is indented for whoever reads it; a page of some hundred entries would be a fifth larger for that. */
function withoutIndents(markup: TemplateStringsArray): readonly string[] {
  const known = COMPACT.get(markup);
  if (known) return known;
  const compact = markup.map((part) => part.replace(/\s*\n\s*/g, '\n'));
  COMPACT.set(markup, compact);
  return compact;
}

export function markupOf(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return content ? content.map(markupOf).join('') : '';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are shown as what they are: no text. HTML has no way to write most of them. */
function escaped(text: string): string {
  return text.replace(/[&<>"']|[^\P{Cc}\t\n\r]/gu, (found) => ENTITIES[found] ?? '\ufffd');
}

/** `a`, `b` and `c` with `between` them. */
export function joined(contents: readonly Content[], between: Content): Content {
  return contents.map((content, n) => (n ? [between, content] : content));
}

/** The address of a page of the web, or nothing: `javascript:` and its like are no source. */
export function webAddress(address: string | undefined): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
