import { documentOf, type Letter } from './letters.js';
import { EXAMPLES } from './organizations.js';
import {
  byOtherSecretary,
  byPerson,
  bySecretary,
  contributorOf,
  type Deed,
  type Done,
  FIRST_DAY,
  focalPointOf,
  SECRETARIAT,
  SERIES,
  signatoryOf,
  source,
  type Stage,
} from './stage.js';

/** What a report says, by section. Of the example organizations only. */
export const TEXTS: Readonly<Record<string, (name: string) => string>> = {
  S01: (name) => `${name} is an organization of this demonstration. It is not accountable to the requester.`,
  S02: () => 'The report covers the twelve months before the request, and was written by the staff.',
  S04: () => 'One agreement was carried on, and one series of courses was begun.',
  S05: () => 'Governments, users and companies took part in both open meetings.',
  S06: () => 'All governments were invited in the same way and at the same time.',
  S08: () => 'Every decision was taken within four months of the first draft.',
  S09: () => 'The procedure was changed when the new format of the register came.',
  S10: () => 'We worked with two other organizations of this demonstration.',
  S11: () => 'The names of the register, and courses on them.',
  S12: () => 'A third of the places in the courses went to developing countries.',
  S13: () => 'The meetings are held in one language only.',
  S14: () => 'Nothing was reported before that has ended since.',
  S17: () => 'The minutes of both meetings are open.',
};

export const nameOf = (organization: string) => EXAMPLES[organization]!.name;

/** One report of the demonstration, and what is done with it. */
export class ReportOf {
  readonly id: { readonly series: string; readonly year: number; readonly organization: string };

  constructor(
    private readonly stage: Stage,
    readonly organization: string,
    year = stage.year,
  ) {
    this.id = { series: SERIES, year, organization };
  }

  request(day: number, due: number): Deed {
    return bySecretary(Math.max(day, FIRST_DAY), 'RequestReport', {
      ...this.id,
      requester: SECRETARIAT,
      on: this.stage.date(day),
      deadline: this.stage.date(due),
      letter: { title: 'Letter of the Example Secretariat', address: 'https://example.org/demonstration' },
      confidence: 'found',
      sources: [source('Letter of the Example Secretariat')],
    });
  }

  acknowledge(day: number): Deed {
    return byPerson(focalPointOf(this.organization), day, 'AcknowledgeRequest', {
      ...this.id,
      on: this.stage.date(day),
    });
  }

  answerByLetter(day: number, letter: Letter, more: object): Deed {
    return byPerson(signatoryOf(this.organization), day, 'AnswerByLetter', {
      ...this.id,
      document: documentOf(letter),
      confidence: 'found',
      sources: [source('Letter of the Example Union')],
      ...more,
    });
  }

  start(day: number, prefilledFrom?: number): Deed {
    return byPerson(focalPointOf(this.organization), Math.max(day, FIRST_DAY), 'StartReport', {
      ...this.id,
      on: this.stage.date(day),
      ...(prefilledFrom !== undefined && { prefilledFrom }),
    });
  }

  /** Every section that the form asks for. */
  write(day: number): Deed[] {
    return Object.keys(TEXTS).map((section) => this.section(day, section, TEXTS[section]!(nameOf(this.organization))));
  }

  section(day: number, section: string, text: string, more: object | ((done: Done) => object) = {}): Deed {
    const said = { ...this.id, section, lang: 'en', text, origin: 'written' };
    const fields = typeof more === 'function' ? (done: Done) => ({ ...said, ...more(done) }) : { ...said, ...more };
    return byPerson(contributorOf(this.organization), Math.max(day, FIRST_DAY), 'AnswerSection', fields);
  }

  sign(day: number, { by = signatoryOf(this.organization), signatory = '', reservation = '' } = {}): Deed {
    return byPerson(
      by,
      Math.max(day, FIRST_DAY),
      'SubmitReport',
      {
        ...this.id,
        signatory: signatory || `Officer of the ${nameOf(this.organization)}`,
        on: this.stage.date(day),
        declaration: 'This report of a demonstration is complete and correct.',
        ...(reservation && { reservation }),
        consentToBeCited: 'by-name',
      },
      this.named('signed'),
    );
  }

  /** What a later deed calls the last signature of the report. */
  named(what: string): string {
    return `${what} ${this.organization} ${this.id.year}`;
  }

  /** Two of the secretariat, a day apart. */
  publish(day: number): Deed[] {
    return [this.proposePublication(day), byOtherSecretary(day + 1, 'PublishReport', { ...this.id, version: 1 })];
  }

  proposePublication(day: number): Deed {
    return bySecretary(day, 'PublishReport', { ...this.id, version: 1 });
  }

  amend(day: number, reason: string): Deed {
    const sections = ['S04'];
    const fields = { ...this.id, reason, material: true, sections };
    return byPerson(signatoryOf(this.organization), day, 'OpenAmendment', fields, this.named('reopened'));
  }

  cite(day: number, participants: number): Deed[] {
    const claims = [
      { criterion: 'C71-STAKEHOLDERS', text: 'Governments, users and companies took part.' },
      { criterion: 'C71-PACE', text: 'It was signed within four months.' },
    ];
    const by = contributorOf(this.organization);
    const figure = { indicator: 'participants', value: participants, unit: 'people', period: `${this.id.year - 1}` };
    return [
      byPerson(by, Math.max(day, FIRST_DAY), 'CiteAction', { ...this.id, action: 'DEMO-1', claims }),
      byPerson(by, Math.max(day, FIRST_DAY), 'ReportFigure', { ...this.id, ...figure }),
    ];
  }
}
