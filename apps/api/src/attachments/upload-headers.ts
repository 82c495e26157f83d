import type { FastifyRequest } from 'fastify';
import { AttachmentRefused, type Declared, KINDS } from '#documents';

/** RFC 8187: `UTF-8''` and a name in which all but a few ASCII characters are escaped. */
const EXTENDED = /(?:^|;)\s*filename\*\s*=\s*utf-8''([^;\s]*)/i;
const PLAIN = /(?:^|;)\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i;

/** What the headers of an upload say of the file (RFC 6266). */
export function declaredBy({ headers }: FastifyRequest): Declared {
  const length = headers['content-length'];
  return {
    name: fileNameIn(headers['content-disposition'] ?? ''),
    type: headers['content-type'] ?? '',
    ...(length !== undefined && { bytes: Number(length) }),
  };
}

function fileNameIn(disposition: string): string {
  const extended = EXTENDED.exec(disposition)?.[1];
  if (extended !== undefined) return decoded(extended);
  const [, quoted, token] = PLAIN.exec(disposition) ?? [];
  const name = quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
  if (name === undefined) throw new AttachmentRefused('attachment-name-malformed', 'The file has no name.');
  return name;
}

function decoded(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw new AttachmentRefused('attachment-name-malformed', 'The name of the file is escaped wrongly.');
  }
}

export function uploadTokenOf({ headers }: FastifyRequest): string | undefined {
  const token = headers['upload-token'];
  return typeof token === 'string' ? token : undefined;
}

/** Characters of RFC 8187 that need no escape. */
const escaped = (name: string) =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** Always to be saved, never shown in place; under a name that ends as its type does. */
export function dispositionFor(type: string, given: string): string {
  const endings = KINDS.find((kind) => kind.type === type)?.endings ?? [];
  // Events may come from an import, so that a name is not trusted, either.
  const plain = given.replaceAll(/[\p{C}/\\]/gu, ' ').trim();
  const ends = endings.some((ending) => plain.toLowerCase().endsWith(`.${ending}`));
  const name = ends || !endings[0] ? plain : `${plain}.${endings[0]}`;
  const ascii = name.replaceAll(/[^\x20-\x7e]|["%\\]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${escaped(name)}`;
}
