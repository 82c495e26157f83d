import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  appointment,
  cycle,
  ReportedOrganizations,
  sources,
  statement,
} from '../../../../test/support/reported-organizations.js';

const { perform, head, reported } = ReportedOrganizations.forThisFile();

describe('An organization', () => {
  beforeAll(() => reported('example-lake'));

  it('appoints nobody who has a mandate; that one of theirs acts for it, the secretariat records', async () => {
    const mandate = { person: 'person-11', role: 'secretariat', from: '2026' };
    // The first two administrators take nobody else.
    for (const person of ['person-12', 'person-13'])
      await perform('GiveMandate', { ...mandate, person, role: 'administrator' }, 'set-up');
    for (const actor of ['person-12', 'person-13']) await perform('GiveMandate', mandate, actor);
    const appoint = (actor: string, role?: string) =>
      perform('AppointPerson', { ...appointment('example-lake', 'person-11'), from: '2099' }, actor, role);
    await expect(appoint('person-14', 'focal-point')).rejects.toMatchObject({
      code: 'appointee-has-mandate',
      facts: { mandates: ['secretariat'] },
    });
    await expect(appoint('person-11', 'secretariat')).rejects.toMatchObject({ code: 'second-person-needed' });
    await expect(appoint('person-15', 'secretariat')).resolves.toMatchObject({ stream: 'organization-example-lake' });
    const note = { ...cycle, organization: 'example-lake', version: 1, sequence: await head() };
    await expect(perform('NoteReport', note, 'person-11', 'secretariat')).rejects.toMatchObject({
      code: 'conflict-of-interest',
    });
  });

  it('may appoint whoever has no mandate any more', async () => {
    const person = 'person-13';
    await perform('EndMandate', { person, role: 'administrator', on: '2026', reason: 'Moved on' }, 'person-12');
    const appoint = { ...appointment('example-lake', person), from: '2026' };
    await expect(perform('AppointPerson', appoint, 'person-14', 'focal-point')).resolves.toBeDefined();
  });
});

describe('Whoever asks back', () => {
  it('is assigned to the report and has declared that there is no conflict, or is of the secretariat', async () => {
    await reported('example-fjord');
    const of = { ...cycle, organization: 'example-fjord' };
    const review = { ...of, reviewer: 'person-16' };
    const ask = (clarification: string, actor: string, role: string) => {
      const question = { section: 'S01', question: 'So?', visibility: 'public' };
      return perform('RequestClarification', { ...of, clarification, ...question }, actor, role);
    };
    const asReviewer = () => ask('Q-1', 'person-16', 'reviewer');
    const refused = { code: 'not-reviewing', facts: { actor: 'person-16' } };
    await expect(asReviewer()).rejects.toMatchObject(refused);
    await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
    await expect(asReviewer()).rejects.toMatchObject(refused);
    await perform('DeclareNoConflict', review, 'person-16');
    await expect(asReviewer()).resolves.toBeDefined();
    await perform('RecuseReviewer', { ...review, reason: 'A new post' }, 'person-16');
    const closing = { ...of, clarification: 'Q-1', outcome: 'withdrawn' };
    await expect(perform('CloseClarification', closing, 'person-16', 'reviewer')).rejects.toMatchObject(refused);
    await perform('CloseClarification', closing, 'secretariat');
    await expect(ask('Q-2', 'secretariat', 'secretariat')).resolves.toBeDefined();
  });
});

describe('A reviewer of an organization', () => {
  it('is not appointed by it until the review has ended', async () => {
    await reported('example-north');
    const review = { ...cycle, organization: 'example-north', reviewer: 'person-1' };
    const appoint = () =>
      perform('AppointPerson', { ...appointment('example-north', 'person-1'), from: '2026' }, 'secretariat');
    await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
    await expect(appoint()).rejects.toMatchObject({ code: 'conflict-of-interest' });
    await perform('RecuseReviewer', { ...review, reason: 'A new post' }, 'person-1');
    await expect(appoint()).resolves.toMatchObject({ stream: 'organization-example-north' });
    const again = { ...review, year: 2025, reviewer: 'person-1', from: '2026' };
    await expect(perform('AssignReviewer', again, 'secretariat')).rejects.toMatchObject({ code: 'assessment-over' });
  });

  it('never acted for it, nor for the one that it was merged into', async () => {
    await reported('example-south');
    await reported('example-south-union');
    const union = appointment('example-south-union', 'person-2');
    await perform('AppointPerson', { ...union, from: '2020' }, 'secretariat');
    await perform('EndAppointment', { ...union, on: '2021' }, 'secretariat');
    await perform(
      'MergeInto',
      { organization: 'example-south', successor: 'example-south-union', on: '2025', sources },
      'secretariat',
    );
    for (const organization of ['example-south', 'example-south-union']) {
      const assign = { ...cycle, organization, reviewer: 'person-2', from: '2026' };
      const refused = perform('AssignReviewer', assign, 'secretariat');
      await expect(refused).rejects.toMatchObject({ code: 'conflict-of-interest' });
    }
  });

  it('never acted for one that was merged into it either, and is not appointed there while they review', async () => {
    await reported('example-isle');
    await reported('example-shore');
    const isle = appointment('example-isle', 'person-2');
    await perform('AppointPerson', { ...isle, from: '2020' }, 'secretariat');
    const review = { ...cycle, organization: 'example-isle', from: '2026', reviewer: 'person-9' };
    await perform('AssignReviewer', review, 'secretariat');
    const merge = { organization: 'example-isle', successor: 'example-shore', on: '2025', sources };
    await perform('MergeInto', merge, 'secretariat');
    // The appointment ends after the merger, as they do.
    await perform('EndAppointment', { ...isle, on: '2026' }, 'secretariat');
    for (const organization of ['example-isle', 'example-shore']) {
      const assign = { ...cycle, organization, reviewer: 'person-2', from: '2026' };
      await expect(perform('AssignReviewer', assign, 'secretariat')).rejects.toMatchObject({
        code: 'conflict-of-interest',
      });
    }
    const reviewing = { ...appointment('example-shore', 'person-9'), from: '2026' };
    await expect(perform('AppointPerson', reviewing, 'secretariat')).rejects.toMatchObject({
      code: 'conflict-of-interest',
    });
  });

  it('is not appointed in the moment in which they are assigned', async () => {
    await reported('example-haste');
    const review = { ...cycle, organization: 'example-haste', reviewer: 'person-3', from: '2026' };
    const both = await Promise.allSettled([
      perform('AssignReviewer', review, 'secretariat'),
      perform('AppointPerson', { ...appointment('example-haste', 'person-3'), from: '2026' }, 'secretariat'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('does not take note of a report in the moment in which they are appointed', async () => {
    await reported('example-hurry');
    const note = { ...cycle, organization: 'example-hurry', version: 1, sequence: 1 };
    const [, noted] = await Promise.allSettled([
      perform('AppointPerson', { ...appointment('example-hurry', 'person-3'), from: '2026' }, 'secretariat'),
      perform('NoteReport', note, 'person-3'),
    ]);
    expect(noted).toMatchObject({ status: 'rejected', reason: { code: 'conflict-of-interest' } });
  });

  it('finds what there was to be read, not before it was there and not beyond the record', async () => {
    const submitted = await reported('example-west');
    const review = { ...cycle, organization: 'example-west', reviewer: 'person-4' };
    await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
    await perform('DeclareNoConflict', review, 'person-4');
    const record = (sequence: number) =>
      perform('RecordFinding', { ...review, ...statement('F-1', sequence) }, 'person-4');
    const note = (sequence: number, version = 1) =>
      perform('NoteReport', { ...cycle, organization: 'example-west', version, sequence }, 'secretariat');
    for (const pinnedTo of [record, note]) {
      // After the submission, the report of the next year was asked for.
      await expect(pinnedTo(submitted - 2)).rejects.toMatchObject({ code: 'sequence-before-version' });
      await expect(pinnedTo(submitted + 1_000_000)).rejects.toMatchObject({ code: 'sequence-unknown' });
    }
    await expect(note(submitted, 2)).rejects.toMatchObject({ code: 'version-unknown' });
    await expect(record(submitted)).resolves.toMatchObject({ revision: 2 });
    await expect(note(submitted - 1)).resolves.toMatchObject({ stream: 'report-ec-performance-2025-example-west' });
  });

  it('overwrites neither a claim nor what another reviewer found', async () => {
    const submitted = await reported('example-east');
    const streams = ['person-5', 'person-6'].map(async (reviewer) => {
      const review = { ...cycle, organization: 'example-east', reviewer };
      await perform('AssignReviewer', { ...review, from: '2026' }, 'secretariat');
      await perform('DeclareNoConflict', review, reviewer);
      return (await perform('RecordFinding', { ...review, ...statement('F-1', submitted) }, reviewer)).stream;
    });
    expect(await Promise.all(streams)).toEqual([
      'assessment-ec-performance-2025-example-east--person-5',
      'assessment-ec-performance-2025-example-east--person-6',
    ]);
  });
});
