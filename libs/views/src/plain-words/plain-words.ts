import { type ReportId, type ReportingEvent, type Subject, subjectOf } from '#reporting';
import { ENGLISH } from './english/english.js';
import type { AboutAssessment, AboutReport, Giver, InWords, Naming, Wording } from './wording.js';

/** An event in today's shape, at its place. */
export type EventToTell = ReportingEvent & {
  readonly stream: string;
  readonly metadata: Readonly<Record<string, string>>;
};

/** One event in plain words. */
export interface Told extends InWords {
  /** Who gave the command: an id, their role, on whose behalf. */
  readonly who: string;
  /** All of it in one. */
  readonly sentence: string;
}

/** What an event says. Sentences are English, until there is another wording. */
export function inPlainWords(event: EventToTell, naming: Naming, wording: Wording = ENGLISH): Told {
  const subject = subjectOf(event.stream);
  const phrases = wording[subject.category] as Readonly<Record<string, Phrase>>;
  const words = phrases[event.type]!(event.data, aboutOf(subject, naming, wording));
  return told(event, words, naming, wording);
}

/** What is said to whom the event is not for; nothing where they need not know of it. */
export function withheldInPlainWords(event: EventToTell, naming: Naming, wording: Wording = ENGLISH): Told | undefined {
  const phrases = wording.withheld as Readonly<Record<string, Phrase | undefined>>;
  const phrase = phrases[event.type];
  const about = aboutOf(subjectOf(event.stream), naming, wording);
  return phrase && told(event, phrase(event.data, about), naming, wording);
}

type Phrase = (data: unknown, about: unknown) => InWords;

function told({ metadata }: Pick<EventToTell, 'metadata'>, words: InWords, naming: Naming, wording: Wording): Told {
  const { actor, role, onBehalfOf } = metadata;
  const giver: Giver = {
    ...(actor && { actor }),
    ...(role && { role }),
    ...(onBehalfOf && { onBehalfOf: naming.organization(onBehalfOf) ?? onBehalfOf }),
  };
  const who = wording.who(giver);
  return { who, ...words, sentence: wording.sentence(who, words) };
}

/** What the phrases of a category are given beside the data. */
function aboutOf(subject: Subject, naming: Naming, wording: Wording): object {
  switch (subject.category) {
    case 'organization':
      return { organization: naming.organization(subject.organization) ?? subject.organization, naming };
    case 'cycle':
      return { cycle: wording.cycleNamed(subject.series, subject.year), naming };
    case 'report':
    case 'reminder':
      return aboutReport(subject, naming, wording);
    case 'assessment': {
      const about: AboutAssessment = { ...aboutReport(subject, naming, wording), reviewer: subject.reviewer };
      return about;
    }
    case 'action':
      return { action: wording.actionNamed(naming.action(subject.action), subject.action), naming };
    case 'option':
      return { option: wording.optionNamed(naming.option(subject.option), subject.option), naming };
    case 'mandate':
      return { person: subject.person };
  }
}

function aboutReport({ series, year, organization: id }: ReportId, naming: Naming, wording: Wording): AboutReport {
  const organization = naming.organization(id) ?? id;
  return { report: wording.reportNamed(organization, series, year), organization, naming };
}
