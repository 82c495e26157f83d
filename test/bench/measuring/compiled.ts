/** A module as it runs in production, out of `dist`. */
export const compiled = async <Module>(path: string): Promise<Module> =>
  (await import(new URL(`../../../dist/${path}`, import.meta.url).href)) as Module;
