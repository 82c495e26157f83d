import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

interface Arrived {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingHttpHeaders;
}

/** The network from which somebody asks: guesses are counted by it, and it is kept nowhere in words. */
export class CallerAddress {
  private readonly proxies = new BlockList();

  /** Of proxies whose word is taken: addresses, and networks such as `10.0.0.0/8`. */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [address = '', prefix] = proxy.split('/');
      if (prefix === undefined) this.proxies.addAddress(address, familyOf(address));
      else this.proxies.addSubnet(address, Number(prefix), familyOf(address));
    }
  }

  /** Each proxy adds to `X-Forwarded-For` whom it saw; what others have written there before is no more than said. */
  of({ socket, headers }: Arrived): string {
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    let address = plain(socket.remoteAddress ?? '');
    while (this.isProxy(address)) {
      const before = plain(forwarded.pop()?.trim() ?? '');
      if (!isIP(before)) break;
      address = before;
    }
    return networkOf(address);
  }

  private isProxy(address: string): boolean {
    return isIP(address) > 0 && this.proxies.check(address, familyOf(address));
  }
}

/** Without what marks an IPv4 address on a socket for both. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');
const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The first 64 bits of an IPv6 address: whoever has one has the other 2^64 addresses behind them, too. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = '', after = ''] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [front, back] = [groups(before), groups(after)];
  const between = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...between, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
