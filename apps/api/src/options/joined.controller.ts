import { Controller, Get, Param } from '@nestjs/common';
import { CoverageAt, OptionsOf } from '#views';
import { found } from '../answers.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading, TrueForGood } from '../reading.js';
import * as example from './options.examples.js';

/** What only options and actions together can tell. */
@Controller('api')
export class JoinedController {
  @Get('organizations/:organization/options')
  @TrueForGood()
  @ReadOperation({
    summary: 'What reached an organization from the forum, and what it did with it',
    description:
      'Policy options that were handed to it: what was tabled, where it was debated, who handed it over and when, with ' +
      'its own actions that take it up. `counted` says of each action whether an answer to paragraph 71 may count it: ' +
      'that an option came from the forum changes nothing in that. `no-action-on-record` says what the record holds, ' +
      'and nothing about the organization.',
    tag: 'Organizations',
    query: { asOf: true },
    example: example.received,
  })
  async received(@Read() reading: Reading, @Param('organization') organization: string) {
    const options = await reading.ask(new OptionsOf(organization, reading.asOf));
    return reading.tell({ options: found(options, 'organization-unknown', { organization }) });
  }

  @Get('coverage')
  @TrueForGood()
  @ReadOperation({
    summary: 'Which issues were worked on, and with which stakeholder groups',
    description:
      'Counts of actions that an answer to paragraph 71 may count: track EC, not purely operational, not recorded in ' +
      'error. A joint action is counted once in a total and stands under each of its organizations. By code, not by size.',
    tag: 'Actions',
    query: { asOf: true },
    example: example.coverage,
  })
  async coverage(@Read() reading: Reading) {
    return reading.tell(await reading.ask(new CoverageAt(reading.asOf)));
  }
}
