import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Asset {
  /** Named after its content, so that a cache never has to ask again. */
  readonly address: string;
  readonly type: string;
  readonly content: Buffer;
  /** The same, compressed. */
  readonly gzip: Buffer;
}

/** Read once at the start: a page without its style is a broken build, not a thing to find out later. */
export const style = assetFrom('style.css', 'text/css; charset=utf-8');
export const mark = assetFrom('mark.svg', 'image/svg+xml');

const ALL = new Map([style, mark].map((asset) => [asset.address, asset]));

export const assetAt = (address: string): Asset | undefined => ALL.get(address);

function assetFrom(name: string, type: string): Asset {
  const content = readFileSync(join(sourceFolder(), name));
  const [stem, ending] = name.split('.');
  return {
    address: `/assets/${stem}.${hash('sha256', content, 'hex').slice(0, 16)}.${ending}`,
    type,
    content,
    gzip: gzipSync(content),
  };
}

/** Upwards to the root: the compiled module lies deeper (`dist/apps/…`), and only what is compiled is copied there. */
function sourceFolder(): string {
  const inRoot = join('apps', 'web', 'src');
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, inRoot, 'style.css'))) return join(folder, inRoot);
    if (dirname(folder) === folder) throw new Error(`${inRoot} is in no folder above ${import.meta.dirname}`);
  }
}
