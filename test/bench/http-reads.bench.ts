import { join } from 'node:path';
import { alternating } from './measuring/alternating.js';
import { CONNECTIONS, Load } from './measuring/load.js';
import { type Bench, compared, type Row } from './measuring/rows.js';
import { type Questions, Side } from './measuring/side.js';

interface Serving extends Questions {
  port(): number;
}
interface Sending extends Serving {
  send(text: string): void;
}

const TIMELINE = '/api/organizations/icann/timeline';

/** The timeline of one organization of the public record, as everybody may read it. */
export async function* httpReads({ folder, rounds, loadSeconds, cores }: Bench): AsyncGenerator<Row> {
  const load = await Load.start(folder, cores?.load);
  const product = await Side.start<Serving>(new URL('sides/product.ts', import.meta.url), {
    args: [join(folder, 'data'), 'wsis'],
    core: cores?.server,
  });
  const bare = await Side.start<Sending>(new URL('sides/bare-http.ts', import.meta.url), { core: cores?.server });
  const [port, barePort] = [await product.ask('port'), await bare.ask('port')];
  const address = `http://127.0.0.1:${port}${TIMELINE}`;
  const present = await fetch(address);
  const text = await present.text();
  await bare.ask('send', text);
  const half = Math.floor(Number(present.headers.get('Sequence')) / 2);

  const asking = (path: string, of = port) => {
    return async () => (await load.ask({ port: of, path }, loadSeconds)).perSecond;
  };
  const now = asking(TIMELINE);
  const asOf = asking(`${TIMELINE}?asOf=${half}`);
  for (const warmUp of [now, asOf]) await warmUp();
  const note = `${Buffer.byteLength(text)} bytes, ${CONNECTIONS} connections of ${load.name}`;
  const reads = await alternating(rounds, now, asking('/', barePort));
  yield compared('GET timeline : bare node:http, same bytes', reads, { atLeast: 0.7 }, note);
  const past = await alternating(rounds, asOf, now);
  yield compared('GET timeline as of half the record : present', past, { atLeast: 0.6 }, note);
  for (const side of [product, bare, load]) await side.end();
}
