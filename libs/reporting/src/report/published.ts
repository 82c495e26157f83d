/** Which versions of a report everybody may read, in the order in which they were published. */
export interface Published {
  readonly publishedVersions?: readonly number[];
}

/**
 * Whether everybody may read a version. That a later one is published says nothing of it: an amendment may have taken its
 * words back before anybody else read them. What was published stays so, whatever came after it.
 */
export function isPublished({ publishedVersions = [] }: Published, version: number): boolean {
  return publishedVersions.includes(version);
}
