/** The code of an error of Node, such as ENOENT; nothing for every other one. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof`: in a test the errors of Node come from another realm.
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}

export const isMissing = (error: unknown) => codeOf(error) === 'ENOENT';
