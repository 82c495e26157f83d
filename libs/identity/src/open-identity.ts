import { forgetMails, Outbox } from '#jobs';
import { Identity, type IdentityOptions } from './identity.js';
import { OutboxPost } from './person/person-post.js';

/** What the configuration of an installation says of where people are kept. */
export interface InstallationOfPeople {
  readonly dataDir: string;
  readonly mail: { readonly url: string };
  readonly redisUrl?: string;
}

export interface ProcessOfPeople extends Pick<IdentityOptions, 'store' | 'clock' | 'oidc' | 'now'> {
  /** Told what goes wrong beside anybody's request, with the error where there is one. */
  readonly warn: (line: string, error?: unknown) => void;
}

/**
 * People as every process of an installation has them: their letters leave by the outbox, whoever is erased is forgotten in
 * mails that were written, too, and what others do is followed until it is closed.
 */
export async function openIdentity(
  { dataDir, mail, redisUrl }: InstallationOfPeople,
  { warn, ...process }: ProcessOfPeople,
): Promise<Identity> {
  const { store, clock } = process;
  const identity = await Identity.open({
    ...process,
    dataDir,
    post: new OutboxPost(new Outbox(store, clock)),
    onErased: (person) => forgetMails(mail.url, person),
    factsUrl: redisUrl,
    tell: warn,
  });
  identity.follow((error) => warn('People whom others erase could not be followed', error));
  return identity;
}
