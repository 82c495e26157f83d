/** What links begin with that are read elsewhere, without a slash at their end. */
export class PublicAddress {
  constructor(readonly publicUrl: string) {}
}
