/** What went wrong in a product of this field, by the name under which a test of ours tries it: `Trap (FAC#5734): …`. */
export interface Trap {
  readonly what: string;
  /** Where it was found; each of them is named by a test. */
  readonly seenIn: readonly string[];
}

/**
 * From the issues, changelogs and sources of products in which organizations report every year. What is found elsewhere and
 * tried by a test of its own (SERIMA#465, FAC#3768) is no part of this list. There is none that this product cannot have.
 */
export const TRAPS: readonly Trap[] = [
  { what: 'The state says accepted while processing is stuck', seenIn: ['FAC#3764'] },
  { what: 'A new year hides pending work', seenIn: ['opendatasurvey#735'] },
  { what: 'Totals mix years', seenIn: ['opendatasurvey#491'] },
  { what: 'Years are written into forms, and edited by hand every year', seenIn: ['CARTS'] },
  { what: 'Copying last year copies what it must not', seenIn: ['MCR'] },
  { what: 'Personal or confidential data are in exports', seenIn: ['CBD#245'] },
  { what: 'History is trimmed, or kept where only engineers read it', seenIn: ['FOIA', 'Kobo', 'TTA Hub'] },
  { what: 'The platform is down on the day of the deadline', seenIn: ['UNGC'] },
  { what: 'Who is to sign has an account after the assignment, and does not see the report', seenIn: ['FAC#2938'] },
  { what: 'People take a contact for access', seenIn: ['FAC#2654'] },
  { what: 'The way to unlock stands so near the state that it is missed', seenIn: ['FAC#5734'] },
  { what: 'A log entry names another action than was done', seenIn: ['uwazi#6677'] },
  { what: 'Fields have versions, and relations have none', seenIn: ['Decidim#2206'] },
  { what: 'What is withheld looks like a leak, and contradicts the declaration', seenIn: ['FAC#5928', 'FAC#3878'] },
  { what: 'Reminders are planned, and nothing sends them', seenIn: ['ORS'] },
];
