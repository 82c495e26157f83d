import type { CommandName } from '#commands';

/** What somebody does in the demonstration, on a day that is counted from the one on which it is played. */
export interface Deed {
  /** Whole days from the day of playing; none is later than it. */
  readonly day: number;
  /** The id of a person. */
  readonly by: string;
  readonly role: 'secretariat' | 'organization' | 'reviewer';
  readonly command: CommandName;
  /** Where they depend on what an earlier deed recorded, made out of that. */
  readonly fields: object | ((done: Done) => object);
  /** What a later deed calls it. */
  readonly as?: string;
}

/** What a deed with a name recorded. */
export type Done = (as: string) => { readonly revision: number; readonly sequence: number };

/** The first day that the demonstration tells of as it happens. What lies before it is entered on that day. */
export const FIRST_DAY = -100;

const DAY_MS = 86_400_000;

/** Turns days that are counted from the day of playing into dates, so that a deadline that is near is always near. */
export class Stage {
  /** Of the round that is under way: the year in which its request went out. */
  readonly year: number;

  /** `playedOn`: a date such as 2026-01-15. */
  constructor(private readonly playedOn: string) {
    this.year = Number(this.date(FIRST_DAY).slice(0, 4));
  }

  date(day: number): string {
    return new Date(Date.parse(this.playedOn) + day * DAY_MS).toISOString().slice(0, 10);
  }

  /** Nine in the morning of a day, in milliseconds since 1970. */
  morning(day: number): number {
    return Date.parse(`${this.date(day)}T09:00:00Z`);
  }
}

/** Part of every id of the demonstration, so that nobody takes them for someone real. */
export const SECRETARIAT = 'example-secretariat';
export const SERIES = 'ec-performance';

export const PERSONS = {
  secretary: 'person-example-secretary-1',
  otherSecretary: 'person-example-secretary-2',
  reviewer: 'person-example-reviewer-1',
  otherReviewer: 'person-example-reviewer-2',
} as const;

/** Who acts for an organization. */
export const focalPointOf = (organization: string) => `person-${organization}-1`;
export const contributorOf = (organization: string) => `person-${organization}-2`;
export const signatoryOf = (organization: string) => `person-${organization}-3`;
export const otherSignatoryOf = (organization: string) => `person-${organization}-4`;

export const source = (title: string) => ({ title, address: 'https://example.org/demonstration', confidence: 'found' });

type Said = Deed['fields'];
type Told = Omit<Deed, 'by' | 'role'>;

const told = (day: number, command: CommandName, fields: Said, as?: string): Told => ({
  day,
  command,
  fields,
  ...(as !== undefined && { as }),
});

export function bySecretary(day: number, command: CommandName, fields: Said, as?: string): Deed {
  return { ...told(day, command, fields, as), by: PERSONS.secretary, role: 'secretariat' };
}

export function byOtherSecretary(day: number, command: CommandName, fields: Said): Deed {
  return { ...told(day, command, fields), by: PERSONS.otherSecretary, role: 'secretariat' };
}

export function byPerson(person: string, day: number, command: CommandName, fields: Said, as?: string): Deed {
  return { ...told(day, command, fields, as), by: person, role: 'organization' };
}
