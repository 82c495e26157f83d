import type { Confidence, Source } from '#reporting';

/** Whose reading a scope, a vision or the word "relevant" is, where the record was coded by its editors. */
export const EDITORS = 'para71-editorial';

/** What stands in place of a source where the editors remember something, and none of the sources says it. */
export const recollection = (what: string): Source => ({
  title: `${what}: recalled by the editors of the record, not seen in a source`,
  confidence: 'recalled',
});

/** The sources that are worth as much as the statement: a recalled one is not made to look found by its neighbours'. */
export function evidenceFor(what: string, trust: Confidence, sources: readonly Source[]): readonly Source[] {
  const fitting = sources.filter((source) => source.confidence === trust);
  return fitting.length ? fitting : [recollection(what)];
}
