import { Refusal } from '#reporting';
import { differenceOf } from '#views';

/** Shows to the second writer of a section what the two texts have in common, beside the texts themselves. */
export async function withDifference<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'section-changed') throw error;
    const { present, yours } = error.facts as { present: { text: string }; yours: { text: string } };
    throw new Refusal(error.code, { ...error.facts, difference: differenceOf(present.text, yours.text) });
  }
}
