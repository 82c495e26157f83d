import type { FindDocuments, Where } from '#views';
import { malformed } from '../http/malformed.js';

/** Where reports are looked for. Their keys are `<series>/<year>/<organization>`; each organization has a list. */
export function amongReports({ series, year, organization, status }: Readonly<Record<string, string>>): {
  among: FindDocuments['among'];
  where: Where;
} {
  if (year !== undefined && series === undefined)
    throw malformed('year', 'needs the series that it belongs to, such as series=ec-performance');
  const ofStatus = status === undefined ? {} : { status };
  if (organization !== undefined && year === undefined) {
    const where = { ...ofStatus, ...(series !== undefined && { series }) };
    return { among: { lists: [`organization=${organization}`] }, where };
  }
  const prefix = [series, year].flatMap((part) => (part === undefined ? [] : `${part}/`)).join('');
  return { among: { prefix }, where: { ...ofStatus, ...(organization !== undefined && { organization }) } };
}
