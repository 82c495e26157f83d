import { Catch } from '@nestjs/common';
import { PageErrors } from '../pages/page-errors.js';

/** Whoever asks for these pages gets a page: what a program would be told names the address, and some hold a secret. */
@Catch()
export class OwnPageErrors extends PageErrors {
  protected override isForPerson(): boolean {
    return true;
  }
}
