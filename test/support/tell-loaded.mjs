import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// `node --import ./tell-loaded.mjs`: when a thread ends, the file LOADED_FILE is given the address of each module that it
// loaded, imported or required, and the path of each library of machine code in the process.
const loaded = new Set();
registerHooks({
  load(url, context, next) {
    loaded.add(url);
    return next(url, context);
  },
});
process.on('exit', () => {
  const { sharedObjects } = process.report.getReport();
  appendFileSync(process.env.LOADED_FILE, [...loaded, ...sharedObjects, ''].join('\n'));
});
