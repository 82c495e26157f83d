import { describe, it } from '@jest/globals';
import {
  inStream,
  markedRelevant,
  mergedInto,
  personAppointed,
  placedUnder,
  profileRevised,
  registered,
  relevanceEnded,
  renamed,
  sampleProfile,
  specForView,
} from '#testing';
import { organizations } from './organizations.js';

const given = specForView(organizations);
const registry = inStream('organization-example-registry');

describe('An organization', () => {
  it('reads as it was registered', () =>
    given(registry(registered())).thenDocument('example-registry', {
      organization: 'example-registry',
      name: 'Example Registry',
      profile: sampleProfile,
      formerNames: [],
      relevant: undefined,
      revision: 0,
      why: [0],
    }));

  it('keeps its former names, and until when it bore them', () => {
    const twice = registry(
      registered({ acronym: 'ER' }),
      renamed({ on: '2010' }),
      renamed({ name: 'Example Numbers' }),
    );
    given(twice).thenDocument('example-registry', {
      name: 'Example Numbers',
      acronym: undefined,
      formerNames: [
        { name: 'Example Registry', until: '2010', why: [1] },
        { name: 'Example Numbers Registry', why: [2] },
      ],
    });
  });

  it('is relevant from a date and on a ground, until it is not', () => {
    const relevant = registry(registered(), markedRelevant());
    given(relevant).thenDocument('example-registry', {
      relevant: { from: '2008', ground: 'Named in the request of 2008', why: [1] },
    });
    given(relevant, registry(relevanceEnded())).thenDocument('example-registry', {
      relevant: undefined,
      why: [0, 1, 2],
    });
  });

  it('says what it is placed under, and what it merged into', () =>
    given(registry(registered(), placedUnder(), mergedInto())).thenDocument('example-registry', {
      parents: ['example-numbers-council'],
      mergedInto: 'example-names-registry',
    }));

  it('has the profile that was told last', () =>
    given(registry(registered(), profileRevised())).thenDocument('example-registry', {
      profile: { ...sampleProfile, description: 'Registers example numbers and names.' },
    }));

  it('does not name the people that it appoints', () =>
    given(registry(registered(), personAppointed())).thenDocument('example-registry', {
      revision: 1,
      parents: [],
      formerNames: [],
    }));
});
