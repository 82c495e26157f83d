import { afterEach, beforeEach } from '@jest/globals';
import { join } from 'node:path';
import { RecordInFolder, registered } from '#testing';
import { ALL_VIEWS, Views } from '#views';

/** What each test of a file begins with: the views of an empty record, which is in a folder of its own. */
export class ViewsInFolder {
  record!: RecordInFolder;
  views!: Views;
  #ends = 0;

  static forEachTest(): ViewsInFolder {
    const at = new ViewsInFolder();
    beforeEach(async () => {
      const record = (at.record = new RecordInFolder());
      at.views = new Views({ folder: join(record.folder, 'views'), store: record.store, views: ALL_VIEWS });
      await at.views.start();
    });
    afterEach(async () => {
      await at.views.close();
      await at.record.close();
    });
    return at;
  }

  /** Resolves once all that was recorded is in the views: one more event is recorded, and seen. */
  async shown(): Promise<void> {
    const end = await this.record.tell(`organization-of-the-end-${this.#ends++}`, registered());
    await this.views.passedPosition(end, 30_000);
  }
}
