import { IsIn } from 'class-validator';
import { VISIBILITIES } from '#reporting';
import { DocumentFields } from '../evidence-fields.js';
import { IsCode, NestedList } from '../fields.js';
import type { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';

/** In a thread about one section. */
export abstract class ClarificationCommand extends ReportCommand {
  @IsCode() readonly clarification!: string;
}

/** Said of each message: none takes it from another. */
export const IsVisibility = () => IsIn(VISIBILITIES);

export const IsDocuments = () => NestedList(() => DocumentFields, { min: 1, max: 20 });

/** What the rules ask about whoever asks, or goes on with a thread. */
export const askingIn =
  (known: Known, { given, series, year, organization }: ClarificationCommand) =>
  async () => ({
    actedFor: await known.everActedFor(given.actor, organization),
    asSecretariat: given.role === 'secretariat',
    reviews: await known.reviews(given.actor, { series, year, organization }),
  });
