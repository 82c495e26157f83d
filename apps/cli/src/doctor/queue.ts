import { examineRedis } from '#jobs';
import { fault, type Finding, ok, wordsOf } from './finding.js';

export async function examineQueue(redisUrl: string | undefined): Promise<Finding[]> {
  if (redisUrl === undefined) return [ok('queue', 'Jobs run in the process of the server: REDIS_URL is not set')];
  try {
    const findings = await examineRedis(redisUrl);
    return findings.map(({ verdict, what, mend }) => ({
      about: 'queue',
      status: verdict,
      what,
      ...(mend && { mend }),
    }));
  } catch (error) {
    return [fault('queue', wordsOf(error), 'Start Redis, or correct REDIS_URL: until then jobs wait')];
  }
}
