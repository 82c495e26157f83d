import { requireLegible, startOf } from './xml.js';
import { unsafe } from './zip-directory.js';

/** Parts that say what the others belong to, within the document and outside (ECMA-376, part 2, 6.5). */
export const isRelationships = (name: string): boolean => /\.rels$/i.test(name);

/** A quoted value may hold what would end the element outside it; what opens another one stands in neither. */
const RELATIONSHIP = new RegExp(`${startOf('Relationship')}(?:[^<>"']|"[^<"]*"|'[^<']*')*>`, 'g');
const ATTRIBUTE = /\s([^\s=<>"']+)\s*=\s*(?:"([^<"]*)"|'([^<']*)')/g;
/** Followed when somebody asks for it: by a click, or by a yes to whether links are to be brought up to date. */
const ON_REQUEST = new Set(['hyperlink', 'externalLinkPath']);

/**
 * Refuses what a program fetches from another machine as soon as the document is opened: a template, and the macros in it,
 * an object, a picture that tells who reads. A path on the author's own machine leads nowhere.
 */
export function refuseFetched(name: string, text: string): void {
  requireLegible(name, text);
  for (const [relationship] of text.matchAll(RELATIONSHIP)) {
    const said = attributesOf(relationship);
    const of = said('Type').split('/').at(-1)!;
    const isOutside = said('TargetMode') === 'External' && !ON_REQUEST.has(of);
    if (isOutside && isElsewhere(said('Target')))
      throw unsafe('something that is fetched from elsewhere when it is opened', name);
  }
}

function attributesOf(element: string): (name: string) => string {
  const values = new Map(
    Array.from(element.matchAll(ATTRIBUTE), ([, name, double, single]) => [name, double ?? single]),
  );
  return (name) => unescaped(values.get(name) ?? '').trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string) =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, entity) => {
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    if (entity !== undefined) return ENTITIES[entity as string] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

function isElsewhere(target: string): boolean {
  const path = target.replaceAll('\\', '/');
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(path) ?? [];
  // With three slashes it is the machine that the document is opened on.
  if (scheme?.toLowerCase() === 'file') return /^\/\/(?!\/)(?!localhost\/)|^\/{4}/i.test(rest!);
  return scheme !== undefined || path.startsWith('//');
}
