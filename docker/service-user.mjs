/**
 * Makes the user as which Para 71 comes to a KurrentDB with access control: in a group of its own, which may read the log
 * as a whole, and not an administrator. To be run once, in a container of compose.tls.yml (README.md says how).
 */
import { readFileSync } from 'node:fs';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';

const GROUP = 'para71';
const [server = 'kurrentdb:2113', user = 'para71'] = process.argv.slice(2);
const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();
const admin = `admin:${secret('kurrentdb_admin')}`;

const answer = await fetch(`https://${server}/users/`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Authorization: `Basic ${btoa(admin)}` },
  body: JSON.stringify({
    loginName: user,
    fullName: 'Para 71',
    groups: [GROUP],
    password: secret('kurrentdb_para71'),
  }),
});
// It answers 409 where the user is there already: then only the grant is made again.
if (!answer.ok && answer.status !== 409) {
  throw new Error(`KurrentDB does not make the user ${user}: ${answer.status} ${await answer.text()}`);
}

const client = KurrentDBClient.connectionString(
  `kurrentdb://${admin}@${server}?tls=true&tlsCaFile=/run/secrets/kurrentdb_ca`,
);
await client.setStreamMetadata('$all', { acl: { readRoles: ['$admins', GROUP], metaReadRoles: ['$admins', GROUP] } });
await client.dispose();
process.stdout.write(`The user ${user} may append to streams, read them, and read the log.\n`);
