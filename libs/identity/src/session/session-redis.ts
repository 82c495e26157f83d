import { openRedisLink, QueueUnavailable, type RedisLink } from '#jobs';
import { SessionsUnavailable } from './session-store.js';

const PATIENCE_MS = 2_000;
const MEND = 'Grant it: ACL SETUSER <user> ~bull:* ~para71:* +@all -@admin +info +config|get.';

/** The Redis in which the nodes of one installation keep sessions and count attempts. All its keys begin with `para71:`. */
export class SessionRedis {
  private constructor(private readonly link: RedisLink) {}

  /** One that is away for now is waited for behind the scenes. `tell`: a line whenever it is lost or found again. */
  static async open(redisUrl: string, tell: (line: string) => void): Promise<SessionRedis> {
    const meanwhile = 'Nobody is signed in until it can; the public record can be read.';
    return new SessionRedis(await openRedisLink(redisUrl, { patienceMs: PATIENCE_MS, tell, meanwhile }));
  }

  /** What keeps it from answering, in words; nothing where it does. */
  get trouble(): string | undefined {
    return this.link.trouble;
  }

  /** `SessionsUnavailable` where no answer comes, or one that says that it cannot be done now. */
  async ask<T>(ask: (client: RedisLink['client']) => Promise<T>): Promise<T> {
    const { link } = this;
    try {
      return await link.bounded(() => ask(link.client));
    } catch (error) {
      if (error instanceof QueueUnavailable) {
        // One that is there and does not answer may be half open, which nobody is told of.
        if (link.client.status === 'ready') link.client.disconnect(true);
        throw new SessionsUnavailable(error.message, { cause: error });
      }
      if (error instanceof Error && error.name === 'ReplyError') throw refusedBy(link.address, error);
      throw error;
    }
  }

  /** What happens together or not at all: each answer, in its order. */
  together(of: (all: ReturnType<RedisLink['client']['multi']>) => unknown): Promise<unknown[]> {
    return this.ask(async (client) => {
      const all = client.multi();
      of(all);
      const answers = (await all.exec()) ?? [];
      return answers.map(([error, answer]) => {
        if (error) throw error;
        return answer;
      });
    });
  }

  close(): Promise<void> {
    return this.link.close();
  }
}

/** It may not, it has no room, or it is only a copy: whatever it is, somebody has to mend it there. */
function refusedBy(address: string, error: Error): SessionsUnavailable {
  const mend = error.message.startsWith('NOPERM') ? ` ${MEND}` : '';
  return new SessionsUnavailable(`Redis at ${address} does not keep sessions (${error.message}).${mend}`, {
    cause: error,
  });
}
