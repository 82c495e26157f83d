import { describe, expect, it } from '@jest/globals';
import { CallerAddress } from './caller-address.js';

const behind = new CallerAddress(['10.0.0.0/8', '192.0.2.7', 'fd00::/8']);
const from = (address: CallerAddress, remoteAddress: string | undefined, said?: string) =>
  address.of({ socket: { remoteAddress }, headers: said === undefined ? {} : { 'x-forwarded-for': said } });

describe('From where somebody asks', () => {
  it.each([
    ['the connection, where no proxy is known', new CallerAddress([]), '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['the connection, where it is not of a proxy', behind, '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['what a proxy saw', behind, '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['what the proxy saw, and not what it was told', behind, '192.0.2.7', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['what the first of several saw', behind, '10.1.2.3', '1.1.1.1, 198.51.100.1, 192.0.2.7', '198.51.100.1'],
    ['an IPv4 address on a socket for both', behind, '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['the network of an IPv6 address', behind, 'fd12::1', '2001:db8::5', '2001:db8:0:0'],
    ['the same network, written otherwise', behind, 'fd12::1', '2001:0DB8:0:0:7::2', '2001:db8:0:0'],
    ['another network', behind, 'fd12::1', '2001:db8:0:1::1', '2001:db8:0:1'],
    ['this machine', behind, '::1', undefined, '0:0:0:0'],
    ['the proxy, where it says nothing', behind, '10.1.2.3', undefined, '10.1.2.3'],
    ['the proxy, where it says nonsense', behind, '10.1.2.3', 'unknown', '10.1.2.3'],
    ['nothing, where the connection is gone', behind, undefined, '198.51.100.1', ''],
  ])('is %s', (_, address, remote, said, expected) => expect(from(address, remote, said)).toBe(expected));
});
