import type { Answer, Recorded } from '../../support/api.js';
import { invited, setUp } from '../../support/joining.js';
import type { Persona } from '../../support/people.js';
import { type FromOutside, runProduct } from '../../support/product.js';

export interface Section {
  readonly section: string;
  readonly lang: string;
  readonly text: string;
  readonly origin: string;
  readonly revision: number;
  readonly withheld?: string;
}
export interface Report {
  readonly asOf: number;
  readonly report: Readonly<Record<string, unknown>>;
  readonly sections: readonly Section[];
  readonly version?: number;
  readonly revision: number;
  readonly punctuality: string;
}
export interface Readiness {
  readonly version: number;
  readonly sections: readonly { readonly section: string; readonly required: boolean; readonly state: string }[];
  readonly blockers: readonly { readonly code: string; readonly section?: string }[];
  readonly warnings: readonly { readonly code: string }[];
  readonly signatures: { readonly needed: number; readonly given: readonly string[] };
}
export interface Receipt {
  readonly number: string;
  readonly recordedAt: string;
  readonly sha256: string;
  readonly sequence: number;
  readonly content: Readonly<Record<string, unknown>>;
}
export interface SideBySide {
  readonly reader: string;
  readonly criteria: readonly {
    readonly criterion: string;
    readonly claims: readonly object[];
    readonly findings: readonly {
      readonly standing: string;
      readonly statement: string;
      readonly comments?: string[];
    }[];
  }[];
}

export const everybody: Pick<Persona, 'headers'> = { headers: {} };

export const REGISTRY = 'example-registry';
export const STANDARDS = 'sample-standards-body';
export const YEAR = 2025;
export const reportOf = (organization: string, year = YEAR) => `/api/reports/ec-performance/${year}/${organization}`;
export const source = {
  title: 'Letter of the Example Secretariat',
  address: 'https://example.org/letter',
  confidence: 'found',
};
export const written = (text: string, more: object = {}) => ({ lang: 'en', text, origin: 'written', ...more });
export const signature = ({ person }: Persona, on: string) => ({
  signatory: person,
  on,
  declaration: 'Complete and correct.',
  consentToBeCited: 'by-name',
});

export const PEOPLE = { PEOPLE: 'required' };
const TODAY = new Date().toISOString().slice(0, 10);

/** The product on which the year is played, its personas, and what one chapter leaves to the next. */
export class Year {
  product!: FromOutside;
  secretary!: Persona;
  otherSecretary!: Persona;
  registry!: Readonly<Record<'contributor' | 'signatory' | 'otherSignatory', Persona>>;
  standards!: Readonly<Record<'contributor' | 'signatory', Persona>>;
  reviewer!: Persona;
  /** A reviewer, too, who once wrote for the registry. */
  formerly!: Persona;
  auditor!: Persona;
  /** The sequence at which nothing was submitted yet. */
  early = 0;
  /** At which the reviewer read version 1. */
  read = 0;

  /** Everybody comes in as in life, and is given what they are to do. */
  async begin(): Promise<void> {
    this.product = await runProduct({ env: PEOPLE });
    const first = await setUp(this.product, 'First Administrator');
    const people = await invited(this.product, first, [
      'Second Administrator',
      'Secretary',
      'Other Secretary',
      'Registry Contributor',
      'Registry Signatory',
      'Other Registry Signatory',
      'Standards Contributor',
      'Standards Signatory',
      'Reviewer',
      'Former Contributor',
      'Auditor',
    ]);
    const second = people['Second Administrator'];
    await this.#mandated([first], second, 'administrator');
    const both = [first, second];
    this.secretary = people['Secretary'];
    this.otherSecretary = people['Other Secretary'];
    for (const each of [this.secretary, this.otherSecretary]) await this.#mandated(both, each, 'secretariat');
    this.reviewer = people['Reviewer'];
    this.formerly = people['Former Contributor'];
    for (const each of [this.reviewer, this.formerly]) await this.#mandated(both, each, 'reviewer');
    this.auditor = people['Auditor'];
    await this.#mandated(both, this.auditor, 'auditor');
    this.registry = {
      contributor: people['Registry Contributor'],
      signatory: people['Registry Signatory'],
      otherSignatory: people['Other Registry Signatory'],
    };
    this.standards = { contributor: people['Standards Contributor'], signatory: people['Standards Signatory'] };
  }

  attempt(as: Persona, method: string, path: string, body: object = {}): Promise<Answer<Recorded>> {
    return this.product.api.send<Recorded>(method, path, body, as.headers);
  }

  async does(as: Persona, method: string, path: string, body: object = {}): Promise<Recorded> {
    const answer = await this.attempt(as, method, path, body);
    if (answer.status >= 300) throw new Error(`${as.person}: ${method} ${path}: ${answer.text}`);
    return answer.body;
  }

  async reads<Body>(as: typeof everybody, path: string): Promise<Body> {
    const { status, text, body } = await this.product.api.get<Body>(path, as.headers);
    if (status !== 200) throw new Error(`GET ${path}: ${text}`);
    return body;
  }

  /** Writes all that the draft is said to lack. */
  async writesWhatIsMissing(as: Persona, address: string): Promise<void> {
    const { blockers } = await this.reads<Readiness>(as, `${address}/readiness`);
    for (const { code, section } of blockers) {
      if (code !== 'section-missing') continue;
      await this.does(
        as,
        'PUT',
        `${address}/sections/${section}`,
        written(`About ${section}, in ${address.slice(-20)}.`),
      );
    }
  }

  /** By two administrators, neither of whom it is for. */
  async #mandated(administrators: readonly Persona[], { person }: Persona, role: string): Promise<void> {
    for (const by of administrators) await this.does(by, 'PUT', `/api/mandates/${person}/${role}`, { from: TODAY });
  }
}
