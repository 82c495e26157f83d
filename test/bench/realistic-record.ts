import { v5 as uuidv5 } from 'uuid';
import type { NewEvent } from '#event-store';
import type { ReportingEvent } from '#reporting';
import { actionStream, cycleStream, organizationStream, reportStream } from '#reporting';

/** A batch that one command would record: what it is appended to, and how. */
export interface Batch {
  readonly stream: string;
  readonly expected: number | 'no-stream';
  readonly events: readonly NewEvent[];
}

const NAMESPACE = '5b0ad7a6-3f6c-4a55-9a38-71a0c0ffee71';
const SENTENCE =
  'The example organization opened its working group to governments, business, civil society and the technical community, published the minutes and answered every comment within a month. ';

/**
 * A made-up record of plainly made-up organizations, shaped as years of reporting are: each year a cycle, in it each
 * organization is asked, drafts, cites, submits, is asked back and published; each year it records and revises actions.
 * Deterministic; about 600 bytes of JSON an event.
 */
export function* realisticRecord(
  events: number,
  organizations = Math.max(10, Math.round(events / 620)),
): Generator<Batch> {
  const revisions = new Map<string, number>();
  let made = 0;
  let clock = Date.UTC(2005, 10, 18);

  const batch = (stream: string, ...facts: ReportingEvent[]): Batch => {
    const last = revisions.get(stream);
    const commandId = uuidv5(`${stream}/${last ?? 0}/${made}`, NAMESPACE);
    const stored = facts.map((event, n) => {
      clock += 1_000;
      made++;
      return {
        id: uuidv5(String(n), commandId),
        type: event.type,
        data: event.data as unknown as NewEvent['data'],
        metadata: {
          actor: 'example-focal-point',
          role: 'focal-point',
          commandId,
          commandHash: 'qL8R4QIcQ_ZsRqOAbeRfcZhilN_MksRtDaErMA9aaaa',
          correlationId: commandId,
          recordedAt: new Date(clock).toISOString(),
          salt: 'c2FsdHNhbHRzYWx0c2FsdA',
          v: '1',
        },
      };
    });
    revisions.set(stream, (last ?? -1) + facts.length);
    return { stream, expected: last ?? 'no-stream', events: stored };
  };

  const names = Array.from({ length: organizations }, (_, n) => `example-${String(n).padStart(5, '0')}`);
  const sources = [{ title: 'Example minutes', address: 'https://example.org/minutes', confidence: 'found' as const }];
  for (const [n, organization] of names.entries()) {
    const profile = { kind: 'STANDARDS_BODY', stakeholderGroup: 'TECH', description: SENTENCE };
    const name = `Example Organization ${n}`;
    yield batch(organizationStream(organization), { type: 'OrganizationRegistered', data: { name, profile, sources } });
    if (made >= events) return;
  }
  for (let year = 2006; made < events; year++) {
    const cycle = { series: 'ec-performance', year };
    const opened = {
      title: `Cycle ${year}`,
      opensOn: `${year}-03`,
      dueOn: `${year}-10-31`,
      form: 'para71-2008/1',
      sources,
    };
    yield batch(cycleStream(cycle), { type: 'CycleOpened', data: opened } as unknown as ReportingEvent);
    // Organizations work at the same time: the record goes through the steps of a year, and in each through all of them.
    for (const step of stepsOfAYear(year)) {
      for (let n = 0; n < names.length; n++) {
        const organization = names[n]!;
        const partner = names[(n + 1) % names.length]!;
        const { kind, facts } = step(n, partner);
        const action = `EX-${year}-${String(n).padStart(5, '0')}`;
        const stream = kind === 'action' ? actionStream(action) : reportStream({ ...cycle, organization });
        const told = facts.map((event) =>
          event.type === 'ActionRecorded' ? { ...event, data: { ...event.data, lead: organization } } : event,
        );
        yield batch(stream, ...(told as ReportingEvent[]));
        if (made >= events) return;
      }
    }
  }
}

type Step = (
  n: number,
  partner: string,
) => { kind: 'action' | 'report'; facts: readonly { type: string; data: object }[] };

function stepsOfAYear(year: number): Step[] {
  const source = { title: `Example report of ${year}`, address: `https://example.org/${year}`, confidence: 'found' };
  const report =
    (...facts: { type: string; data: object }[]): Step =>
    () => ({ kind: 'report', facts });
  const sections = ['S01', 'S02', 'S04', 'S05', 'S06', 'S08', 'S09', 'S10', 'S11', 'S12', 'S13', 'S14', 'S17'];
  return [
    (n, partner) => ({
      kind: 'action',
      facts: [
        {
          type: 'ActionRecorded',
          data: {
            partners: n % 3 ? [] : [partner],
            partnersOther: [],
            title: `Example action ${n} of ${year}`,
            description: SENTENCE.slice(0, 120),
            kind: 'AGREEMENT',
            cooperation: 'IGO_TECH',
            track: 'EC',
            scope: { test: 'POLICY' },
            startedOn: { date: `${year}-0${1 + (n % 9)}` },
            status: 'ONGOING',
            issues: ['INF-05'],
            stakeholders: [{ group: 'GOV' }, { group: 'TECH' }],
            confidence: 'found',
            sources: [source],
          },
        },
      ],
    }),
    report({
      type: 'ReportRequested',
      data: {
        requester: 'example-00000',
        on: `${year}-03`,
        deadline: `${year}-10-31`,
        confidence: 'found',
        sources: [source],
      },
    }),
    report(
      { type: 'ReportAcknowledged', data: { on: `${year}-04-02` } },
      { type: 'ReportStarted', data: { form: 'para71-2008/1' } },
    ),
    ...sections.map((section) =>
      report({
        type: 'SectionAnswered',
        data: { section, lang: 'en', text: `${section} ${year}. ${SENTENCE.repeat(2)}`, origin: 'written' },
      }),
    ),
    ...['C71-STAKEHOLDERS', 'C71-PACE', 'C71-LEGAL'].map((criterion, i): Step => (n) => ({
      kind: 'report',
      facts: [
        {
          type: 'ActionCited',
          data: { action: `EX-${year - i}-${String(n).padStart(5, '0')}`, claims: [{ criterion, text: SENTENCE }] },
        },
      ],
    })),
    ...['meetings', 'participants'].map((indicator): Step => (n) => ({
      kind: 'report',
      facts: [
        {
          type: 'FigureReported',
          data: { indicator, value: (n % 97) + year, unit: 'count', note: SENTENCE.slice(0, 60) },
        },
      ],
    })),
    report({
      type: 'ReportSubmitted',
      data: {
        version: 1,
        signatory: 'example-signatory',
        on: `${year}-10-01`,
        declaration: SENTENCE,
        consentToBeCited: 'by-name',
      },
    }),
    report({
      type: 'ClarificationRequested',
      data: { clarification: 'q1', section: 'S04', question: SENTENCE, visibility: 'public' },
    }),
    report({ type: 'ClarificationAnswered', data: { clarification: 'q1', text: SENTENCE } }),
    report(
      { type: 'ReportNoted', data: { version: 1, sequence: 0 } },
      { type: 'ReportPublished', data: { version: 1 } },
    ),
    (n) => ({
      kind: 'action',
      facts:
        n % 2
          ? [{ type: 'ActionSourceAdded', data: { source } }]
          : [{ type: 'ActionStatusChanged', data: { from: 'ONGOING', to: 'COMPLETED', on: `${year}-12` } }],
    }),
  ];
}
