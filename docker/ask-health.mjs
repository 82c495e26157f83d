/**
 * Asks the process in this container how it is: `live` (it runs) or `ready` (send it requests), at a port of its own.
 * Ends with 0 if it is well, else with 1 and what it said.
 */
const [question = 'live', port = process.env.PORT ?? '7171'] = process.argv.slice(2);
const LIMIT_MS = 4_000;

try {
  const answer = await fetch(`http://127.0.0.1:${port}/health/${question}`, { signal: AbortSignal.timeout(LIMIT_MS) });
  process.stdout.write(`${answer.status} ${await answer.text()}\n`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`No answer at port ${port}: ${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
