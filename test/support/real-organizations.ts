import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '#reference-data';
import { TRACKS } from '#reporting';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly acronym?: string | null;
}

/** The organizations of the public record, and whether a text names one of them. */
export class RealOrganizations {
  readonly ids: ReadonlySet<string>;
  private readonly names: RegExp;

  constructor() {
    const { organizations } = JSON.parse(readFileSync(join(dataFolder(), 'organizations.json'), 'utf8')) as {
      readonly organizations: readonly Row[];
    };
    this.ids = new Set(organizations.map(({ id }) => id));
    const names = organizations.flatMap(({ name, acronym }) => [name, acronym ?? []].flat());
    this.names = new RegExp(`\\b(${names.map((name) => name.replace(/[^\w\s]/g, String.raw`\$&`)).join('|')})\\b`);
  }

  /** Every text in `values` that names one. The codes of two tracks are acronyms of real bodies, and name none. */
  namedIn(...values: readonly unknown[]): string[] {
    const isCode = (text: string) => (TRACKS as readonly string[]).includes(text);
    return values.flatMap(textsIn).filter((text) => !isCode(text) && (this.ids.has(text) || this.names.test(text)));
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
