/** What a letter or any version told, by its name: what a later version says no more is still read in the earlier one. */
export interface EverTold {
  readonly figures: readonly string[];
  readonly actions: readonly string[];
}

export function alsoTold(before: EverTold | undefined, { figures, actions }: EverTold): EverTold {
  return {
    figures: [...new Set([...(before?.figures ?? []), ...figures])],
    actions: [...new Set([...(before?.actions ?? []), ...actions])],
  };
}
