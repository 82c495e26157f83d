import { readFile, stat } from 'node:fs/promises';
import { SLUG } from '#reporting';

/** Without quotes, comments, address literals and letters beyond ASCII: what every mail server takes. */
const ADDRESS =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
const LONGEST = 254;
const MOST = 20;

export const isMailAddress = (text: string) => text.length <= LONGEST && ADDRESS.test(text);

/** The contacts cannot be used. Says where, and never which address: what is said ends up in logs. */
export class ContactsFault extends Error {
  override readonly name = 'ContactsFault';
  readonly code = 'contacts-fault';
  constructor(file: string, faults: readonly string[], options?: ErrorOptions) {
    super(`The contacts in ${file} cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`, options);
  }
}

/** Where the addresses of those to whom mail goes are found. */
export interface AddressBook {
  /** Of an organization, or of a person. None where nobody has one. */
  addressesOf(addressee: string): Promise<readonly string[]>;
}

type ByOrganization = ReadonlyMap<string, readonly string[]>;

/**
 * Addresses of organizations, kept in a file outside of the log: `{ "example-registry": ["a@registry.example"] }`. Read
 * anew when it has changed. Where there is no file, nobody has an address.
 */
export class Contacts implements AddressBook {
  private known: { readonly stamp: string; readonly byOrganization: ByOrganization } | undefined;

  constructor(private readonly file: string) {}

  /** `ContactsFault` where the file is not what it has to be. */
  async addressesOf(organization: string): Promise<readonly string[]> {
    const stamp = await this.stamp();
    if (this.known?.stamp !== stamp) {
      const byOrganization: ByOrganization = stamp === '' ? new Map() : contactsIn(await this.text(), this.file);
      this.known = { stamp, byOrganization };
    }
    return this.known.byOrganization.get(organization) ?? [];
  }

  /** What tells that the file is another one; nothing where there is none. */
  private async stamp(): Promise<string> {
    try {
      const { ino, size, mtimeNs } = await stat(this.file, { bigint: true });
      return [ino, size, mtimeNs].join('/');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw this.unreadable(error);
    }
  }

  private async text(): Promise<string> {
    try {
      return await readFile(this.file, 'utf8');
    } catch (error) {
      throw this.unreadable(error);
    }
  }

  private unreadable(error: unknown): ContactsFault {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return new ContactsFault(this.file, [`It cannot be read (${code}): let this process read it.`], { cause: error });
  }
}

export function contactsIn(text: string, file: string): ByOrganization {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ContactsFault(file, ['It is not JSON: write { "example-registry": ["reports@registry.example"] }.']);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ContactsFault(file, ['It is no object: write { "example-registry": ["reports@registry.example"] }.']);
  }
  const faults = Object.entries(value).flatMap(([organization, addresses]) => faultsOf(organization, addresses));
  if (faults.length) throw new ContactsFault(file, faults);
  return new Map(Object.entries(value as Readonly<Record<string, readonly string[]>>));
}

function faultsOf(organization: string, addresses: unknown): string[] {
  if (!SLUG.test(organization)) {
    return [
      `${JSON.stringify(organization).slice(0, 100)} is no id of an organization: write one such as example-registry.`,
    ];
  }
  if (!Array.isArray(addresses)) return [`${organization} has no list: write ["reports@registry.example"].`];
  if (addresses.length > MOST)
    return [`${organization} has ${addresses.length} addresses: at most ${MOST} can be named.`];
  if (new Set(addresses).size < addresses.length)
    return [`${organization} names an address twice: leave one of them out.`];
  return addresses.flatMap((address, n) =>
    typeof address === 'string' && isMailAddress(address)
      ? []
      : [`${organization}[${n}] is no mail address: write one such as reports@registry.example, without a name.`],
  );
}
