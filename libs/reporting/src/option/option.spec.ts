import { describe, it } from '@jest/globals';
import {
  argueOption,
  closeOption,
  handOption,
  optionArgued,
  optionClosed,
  optionDebated,
  optionHandedTo,
  optionTabled,
  optionTakenUp,
  recordDebate,
  specFor,
  tableOption,
  takeUpOption,
} from '#testing';
import { policyOption } from './option.js';

const given = specFor(policyOption, { today: '2010-06-30' });
const registry = { organization: 'example-registry' } as const;

describe('A policy option', () => {
  it('is tabled once, on an issue, by a stakeholder group, with a source', () => {
    given().when(tableOption()).records(optionTabled());
    given(optionTabled()).when(tableOption()).refuses('option-already-tabled', { on: '2008-03' });
    given()
      .when(tableOption({ issue: 'NOT-AN-ISSUE' }))
      .refuses('code-unknown');
    given()
      .when(tableOption({ by: { group: 'NOBODY' } }))
      .refuses('code-unknown');
    given()
      .when(tableOption({ sources: [] }))
      .refuses('source-missing');
    given()
      .when(tableOption({ on: '2010-07-01' }))
      .refuses('date-in-future');
  });

  it.each([argueOption(), recordDebate(), handOption(registry), takeUpOption(), closeOption()])(
    'cannot be told $type before it is tabled, nor after it is closed',
    (command) => {
      given().when(command).refuses('option-unknown');
      given(optionTabled(), optionClosed()).when(command).refuses('option-closed');
    },
  );

  it('is argued for and against, each argument once', () => {
    const against = { argument: 'A-2', side: 'against', by: { group: 'PRIV' } } as const;
    given(optionTabled()).when(argueOption()).records(optionArgued());
    given(optionTabled(), optionArgued()).when(argueOption(against)).records(optionArgued(against));
    given(optionTabled(), optionArgued())
      .when(argueOption({ side: 'against' }))
      .refuses('argument-already-made', { argument: 'A-1' });
  });

  it('is debated in sessions of forums, not before it was tabled', () => {
    given(optionTabled()).when(recordDebate()).records(optionDebated());
    given(optionTabled(), optionDebated())
      .when(recordDebate({ on: '2009-11' }))
      .records(optionDebated({ on: '2009-11' }));
    given(optionTabled(), optionDebated()).when(recordDebate()).refuses('nothing-changed');
    given(optionTabled())
      .when(recordDebate({ on: '2007' }))
      .refuses('dates-out-of-order');
  });

  it('is handed to an organization or to a mechanism, to one at a time', () => {
    const mechanism = { mechanism: 'Working group on example cooperation' };
    given(optionTabled(), optionDebated()).when(handOption(registry)).records(optionHandedTo(registry));
    given(optionTabled(), optionDebated()).when(handOption(mechanism)).records(optionHandedTo(mechanism));
    given(optionTabled(), optionDebated()).when(handOption()).refuses('addressee-unclear');
    given(optionTabled(), optionDebated())
      .when(handOption({ ...registry, ...mechanism }))
      .refuses('addressee-unclear');
    given(optionTabled(), optionHandedTo(registry)).when(handOption(registry)).refuses('nothing-changed');
  });

  it('says so where it is handed on without a debate in the open', () =>
    given(optionTabled())
      .when(handOption(registry))
      .records(optionHandedTo({ ...registry, undebated: true })));

  it('is taken up by actions, each of which stays on its own track (rule 12)', () => {
    given(optionTabled()).when(takeUpOption()).records(optionTakenUp());
    given(optionTabled())
      .when(takeUpOption({ action: 'ACT-0002', track: 'IGF' }))
      .records(optionTakenUp({ action: 'ACT-0002', track: 'IGF' }));
    given(optionTabled(), optionTakenUp()).when(takeUpOption()).refuses('nothing-changed', { action: 'ACT-0001' });
  });

  it('is closed with a reason', () => given(optionTabled()).when(closeOption()).records(optionClosed()));
});
