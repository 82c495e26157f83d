import type { Identity } from '#identity';
import type { Provider } from '../../../web/src/index.js';
import { OIDC_BEGIN } from '../sign-in/oidc-door.js';

/** Who else can say who a person is, and the way there. `asked`: what for. */
export function providersFor(
  { oidc }: Pick<Identity, 'oidc'>,
  asked: Readonly<Record<string, string>>,
): readonly Provider[] {
  return oidc ? [{ name: oidc.name, href: `${OIDC_BEGIN}?${new URLSearchParams(asked).toString()}` }] : [];
}
