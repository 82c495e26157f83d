import { examineJobQueue } from '#jobs';
import { fault, type Finding, wordsOf } from './finding.js';

/** `url`: what `openJobQueue` takes. */
export async function examineQueue(url: string | undefined): Promise<Finding[]> {
  try {
    const findings = await examineJobQueue(url);
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
