import { randomUUID } from 'node:crypto';
import type { RecordingClock } from '#commands';
import { type EventStore, WrongExpectedRevision } from '#event-store';
import type { PersonKeys } from './person-keys.js';

/** Not public. Says which keys belong to this log, so that nobody begins others beside them. */
const STREAM = 'keys-folder';

/** This process would make keys that no other node has, and cannot read those that they have. */
export class KeysElsewhere extends Error {
  override readonly name = 'KeysElsewhere';
  readonly code = 'keys-elsewhere';
  constructor(
    readonly known: string,
    readonly found: string | undefined,
    place: string,
  ) {
    super(
      `The keys of persons in ${place} are not those that belong to this log (${found ?? 'there are none'}, and the log ` +
        `names ${known}): give this process the folder that the other nodes have, or bring it back from its backup. If the ` +
        `keys are lost for good, write ${known} into ${place}/folder.id: who is on the log already stays unreadable then.`,
    );
  }
}

/** Which keys the log names; nothing where nobody was ever on it. */
export async function keysNamedOn(store: EventStore): Promise<string | undefined> {
  for await (const { data } of store.readIfAny(STREAM)) return (data as { id: string }).id;
  return undefined;
}

/** `KeysElsewhere` where the log names other ones. The first process to come names its own. */
export async function requireKeysOfLog(store: EventStore, keys: PersonKeys, clock: RecordingClock): Promise<void> {
  const found = await keys.id();
  const known = (await keysNamedOn(store)) ?? (await nameKeys(store, found, clock));
  if (known !== found) throw new KeysElsewhere(known, found, keys.place);
}

async function nameKeys(store: EventStore, id: string, clock: RecordingClock): Promise<string> {
  const event = randomUUID();
  const metadata = { actor: 'installation', correlationId: event, recordedAt: clock.stamp(), v: '1' };
  try {
    await store.append(STREAM, 'no-stream', [{ id: event, type: 'KeysNamed', data: { id }, metadata }]);
    return id;
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    // Another node was first.
    return (await keysNamedOn(store)) ?? id;
  }
}
