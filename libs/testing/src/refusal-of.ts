import { Refusal } from '#reporting';

/** The refusal that a rule outside a decider answers with; nothing when it lets pass. Anything else thrown comes out. */
export function refusalOf(rule: () => unknown): Refusal | undefined {
  try {
    rule();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
