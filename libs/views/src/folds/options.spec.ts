import { describe, it } from '@jest/globals';
import {
  inStream,
  optionArgued,
  optionClosed,
  optionDebated,
  optionHandedTo,
  optionTabled,
  optionTakenUp,
  specForView,
} from '#testing';
import { options } from './options.js';
import { timeline } from './timeline.js';

const given = specForView(options);
const option = inStream('option-open-list');
const key = 'open-list';
const registry = { organization: 'example-registry' } as const;

describe('A policy option', () => {
  it('reads as it was tabled, and holds nothing of what has not happened', () =>
    given(option(optionTabled())).thenDocument(key, {
      option: 'open-list',
      issue: 'DNS',
      tabledOn: '2008-03',
      by: { group: 'TECH', organization: 'example-registry' },
      state: 'tabled',
      arguments: undefined,
      debates: undefined,
      handovers: undefined,
      actions: undefined,
      closed: undefined,
      revision: 0,
      why: [0],
    }));

  it('keeps what was said for and against, each with its event', () => {
    const against = optionArgued({ argument: 'A-2', side: 'against', by: { group: 'PRIV' }, text: 'It costs.' });
    given(option(optionTabled(), optionArgued(), against)).thenDocument(key, {
      state: 'tabled',
      arguments: [
        { ...optionArgued().data, why: [1] },
        { ...against.data, why: [2] },
      ],
      why: [0, 1, 2],
    });
  });

  it('says how far it has come', () => {
    const told = [optionTabled(), optionDebated(), optionHandedTo(registry), optionTakenUp(), optionClosed()];
    const states = ['tabled', 'debated', 'handed-over', 'taken-up', 'closed'] as const;
    for (const [n, state] of states.entries()) given(option(...told.slice(0, n + 1))).thenDocument(key, { state });
  });

  it('says who handed it on, and what was said when an action took it up', () => {
    const takenUp = optionTakenUp({ note: 'Its second part.' });
    given(option(optionTabled(), optionHandedTo(registry), takenUp)).thenDocument(key, {
      handovers: [{ ...optionHandedTo(registry).data, handedBy: { actor: 'example-editor' }, why: [1] }],
      actions: [{ action: 'ACT-0001', track: 'EC', note: 'Its second part.', why: [2] }],
    });
  });

  it('stands in the lists of its issue, of whom it was handed to, of who speaks on it, and of the actions that take it up', () =>
    given(
      option(
        optionTabled(),
        optionArgued({ by: { group: 'GOV', organization: 'example-union' } }),
        optionArgued({ by: { group: 'CS' } }),
        optionHandedTo(registry),
        optionHandedTo({ mechanism: 'A working group' }),
        optionTakenUp(),
      ),
    ).thenLists(
      key,
      'issue=DNS',
      'organization=example-registry',
      'speaker=example-registry',
      'speaker=example-union',
      'action=ACT-0001',
    ));
});

describe('The timeline of an organization', () => {
  it('shows an option that it was handed, and none that went to a mechanism', () =>
    specForView(timeline)(
      option(optionTabled(), optionHandedTo(registry), optionHandedTo({ mechanism: 'A working group' })),
    ).thenKeys('example-registry/2009-01 option-open-list/1'));
});
