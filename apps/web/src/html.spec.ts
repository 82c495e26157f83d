import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html, joined, markupOf, webAddress } from './html.js';

describe('html', () => {
  it('escapes a text between tags and in an attribute', () => {
    const hostile = `"><script>alert('1')</script>&amp;`;
    const safe = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;';
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(`<p title="${safe}">${safe}</p>`);
  });

  it('takes its own markup as it is, in lists too, and leaves nothing of what is absent', () => {
    const items = [html`<b>1</b>`, false, undefined, ['<', 2]] as const;
    expect(html`<p>${items}</p>`.markup).toBe('<p><b>1</b>&lt;2</p>');
  });

  it('does not take for markup what only looks like it', () => {
    const impostor = JSON.parse('{"markup":"<script>"}') as string;
    expect(() => markupOf(impostor)).toThrow(TypeError);
  });

  it('shows control characters as what they are: no text', () => {
    expect(html`${'a\u0000b\u001bc\u0085d\te\nf'}`.markup).toBe('a\ufffdb\ufffdc\ufffdd\te\nf');
  });

  it('lets no text end the place in which it stands, and loses none of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = markupOf(text);
        expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        expect(unescaped(escaped)).toBe(text.replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd'));
      }),
    );
  });

  it('leaves the indents of its own source out, and those of a text in', () => {
    const list = html`<ul>
      <li>${'one\n  two'}</li>
      <li>three</li>
    </ul>`;
    expect(list.markup).toBe('<ul>\n<li>one\n  two</li>\n<li>three</li>\n</ul>');
  });
});

it('joins with a mark between, and none at the ends', () => {
  expect(markupOf(joined(['a', 'b', 'c'], ', '))).toBe('a, b, c');
  expect(markupOf(joined([], ', '))).toBe('');
});

describe('an address', () => {
  it.each([
    ['https://example.org/a b?c=d', 'https://example.org/a%20b?c=d'],
    ['http://example.org', 'http://example.org/'],
    ['javascript:alert(1)', undefined],
    [' java\nscript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//example.org', undefined],
    ['example.org', undefined],
    [undefined, undefined],
  ])('%j leads to %j', (address, href) => {
    expect(webAddress(address)).toBe(href);
  });
});

function unescaped(markup: string): string {
  const texts: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return markup.replace(/&([^;]+);/g, (_, name: string) => texts[name]!);
}
