import type { Persona } from './people.js';
import type { RunningProduct } from './product.js';

/** A text that is in the store and that nothing names yet; `token` is for the command that will. */
export async function keepFile(product: RunningProduct, who: Persona, title: string, content: string) {
  const response = await fetch(`${product.address}/api/attachments`, {
    method: 'POST',
    headers: {
      ...who.headers,
      'Content-Type': 'text/plain',
      'Content-Disposition': 'attachment; filename="minutes.txt"',
    },
    body: content,
  });
  const { sha256, token } = (await response.json()) as { sha256: string; token: string };
  return { document: { title, sha256 }, token: { 'Upload-Token': token }, address: `/api/attachments/${sha256}` };
}
