import { describe, expect, it } from '@jest/globals';
import { COMMANDS, type CommandName, type RecordedCommand } from '#commands';
import { recordAsSteps } from '#reference-data';
import { QUERIES, type QueryName } from '#views';
import { Admission, ADMITTED_ALONE, errandsOn, NotAdmitted } from './admission.js';
import { type Who } from './may.js';
import { type Errand, PERMISSIONS } from './permissions.js';
import { QUESTIONS } from './questions.js';
import { READS } from './reads.js';

type Message = CommandName | QueryName;

const classes: Readonly<Record<Message, abstract new (...given: never[]) => object>> = { ...COMMANDS, ...QUERIES };
const all = Object.keys(classes) as Message[];
const rows = [...(Object.keys(COMMANDS) as CommandName[]), ...READS];

const messageOf = (name: Message) => Object.create(classes[name].prototype as object) as RecordedCommand;
const comesToItsBus = (message: object) => () => ADMITTED_ALONE.publish(message);
const takenBy = (admission: Admission | undefined) =>
  all.filter((name) => {
    const message = messageOf(name);
    try {
      admission?.lets(message);
      ADMITTED_ALONE.publish(message);
      return true;
    } catch (error) {
      if (error instanceof NotAdmitted) return false;
      throw error;
    }
  });

const everybodys = (Object.keys(QUESTIONS) as QueryName[]).filter((name) => QUESTIONS[name] === 'PublicRecord');
const given = (errand: Errand) =>
  (Object.keys(COMMANDS) as CommandName[]).filter((name) => {
    const command = messageOf(name);
    try {
      Admission.onErrand(errand, command);
      ADMITTED_ALONE.publish(command);
      return true;
    } catch (error) {
      if (error instanceof NotAdmitted) return false;
      throw error;
    }
  });

/** What the public record says of organizations in any of its editions. */
const IMPORTED: readonly CommandName[] = [
  'RegisterOrganization',
  'MarkRelevant',
  'PlaceUnder',
  'OpenCycle',
  'IssueSynthesis',
  'RequestReport',
  'DeclineReport',
  'AnswerByLetter',
  'RecordNoResponse',
  'StartReport',
  'RecordAction',
  'LinkAction',
];

const secretary: Who = { person: 'person-1', mandates: ['secretariat'], appointments: [], isProven: true };

describe('In front of the buses', () => {
  it.each(all)('%s is refused that was not let in', (name) =>
    expect(comesToItsBus(messageOf(name))).toThrow(`${name} came to a bus without admission`),
  );

  it('goes once what was let in', () => {
    const command = Admission.for(secretary, 'PublishReport')!.lets(messageOf('PublishReport'));
    expect(comesToItsBus(command)).not.toThrow();
    expect(comesToItsBus(command)).toThrow(NotAdmitted);
    expect(comesToItsBus(messageOf('PublishReport'))).toThrow(NotAdmitted);
  });

  it('a row of the table lets its own command in, and no other; its own questions, and those that are everybody’s', () => {
    for (const row of rows) {
      const own = all.filter((name) => name === row || (name in QUESTIONS && QUESTIONS[name as QueryName] === row));
      const taken = takenBy(Admission.whereNobodySignsIn(row));
      const isForPeople = row !== 'RecordReminder';
      expect([row, taken.toSorted()]).toEqual([
        row,
        isForPeople ? [...new Set([...own, ...everybodys])].toSorted() : [],
      ]);
    }
  });

  it('somebody is let in to what the table lets them, and nobody to what it does not', () => {
    expect(takenBy(Admission.for(secretary, 'OpenCycle'))).toContain('OpenCycle');
    expect(Admission.for(secretary, 'SubmitReport', { organizations: ['example-registry'] })).toBeUndefined();
    expect(Admission.for({ ...secretary, isProven: false }, 'PublishReport')).toBeUndefined();
    expect(Admission.for(undefined, 'OpenCycle')).toBeUndefined();
    expect(takenBy(Admission.for(undefined, 'PublicRecord')).toSorted()).toEqual(everybodys.toSorted());
  });

  it('nobody is let in to what is not in the table', () => {
    for (const name of ['Anything', 'toString', '__proto__', 'constructor']) {
      expect(Admission.for(secretary, name as 'Inbox')).toBeUndefined();
      expect(Admission.whereNobodySignsIn(name as 'Inbox')).toBeUndefined();
    }
    class Anything {}
    expect(() => Admission.onErrand('import', new Anything() as RecordedCommand)).toThrow(NotAdmitted);
    expect(() => Admission.for(secretary, 'OpenCycle')!.lets(new Anything())).toThrow(NotAdmitted);
  });
});

describe('What the product gives with nobody at the door', () => {
  it('is what each errand takes, and nothing else', () => {
    expect(given('reminders')).toEqual(['RecordReminder']);
    expect(given('requests')).toEqual(['RequestReport']);
    expect(given('set-up')).toEqual(['GiveMandate']);
    expect(given('import')).toEqual(IMPORTED);
    for (const { command } of recordAsSteps()) expect(IMPORTED).toContain(command);
  });

  it('is no signature, nothing that is published, noted or withheld, and nobody who is appointed', () => {
    const never = rows.filter((row) => /Submit|Publish|Note|Withhold|Withdraw|Appoint|Assign|Conclude/.test(row));
    expect(never.length).toBeGreaterThan(8);
    for (const row of never)
      for (const errand of ['import', 'requests', 'reminders', 'set-up'] as const)
        expect([row, errand, PERMISSIONS[row][errand]]).toEqual([row, errand, undefined]);
  });

  it('leaves on a bus that takes what the errand takes, and is not reached by the rest', () => {
    const reached: object[] = [];
    const bus = { execute: async <Result>(command: object) => (reached.push(command), undefined as Result) };
    const reminders = errandsOn(bus)('reminders');
    void reminders.execute(messageOf('RecordReminder'));
    expect(() => reminders.execute(messageOf('PublishReport'))).toThrow('is no part of the errand "reminders"');
    expect(reached).toHaveLength(1);
  });
});
