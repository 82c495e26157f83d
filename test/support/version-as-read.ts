import type { Persona } from './people.js';
import type { RunningProduct } from './product.js';
import { REPORT } from './signed-report.js';

export interface Report {
  readonly report: {
    readonly phase: string;
    readonly status: string;
    readonly documents?: readonly { readonly document: { readonly title: string } }[];
  };
  readonly sections: readonly { readonly section: string; readonly text: string }[];
  readonly citations: Readonly<Record<string, { readonly claims: readonly { readonly text: string }[] }>>;
  readonly figures: Readonly<Record<string, { readonly value: number }>>;
  readonly revision: number;
}
export interface Receipt {
  readonly sequence: number;
  readonly version: number;
  readonly sha256: string;
  readonly content: { readonly documents?: readonly { readonly document: { readonly title: string } }[] };
}

/** What a test reads over HTTP, as somebody or as everybody. */
export class Reader {
  constructor(private readonly product: () => RunningProduct) {}

  /** As a program reads it: what is not to be read throws. */
  readonly reads = async <Body>(path: string, who?: Persona): Promise<Body> => {
    const { status, text, body } = await this.product().api.get<Body>(path, who?.headers);
    if (status !== 200) throw new Error(`GET ${path}: ${text}`);
    return body;
  };

  /** As it is read in a browser, whatever the lines that it is written in. */
  readonly page = async (path: string, who?: Persona): Promise<string> =>
    (await this.product().api.get(path, who?.headers)).text.replaceAll(/\s+/g, ' ');

  /** All that a version of `REPORT` says, wherever it is read. */
  readonly version = async (version: number, who: Persona) => {
    const shown = await this.page(`${PAGE}?version=${version}`, who);
    return {
      ...said(await this.reads<Report>(`${REPORT}?version=${version}`, who)),
      receipt: await this.reads<Receipt>(`${REPORT}/receipts/${version}`, who),
      onPage: shown.match(/<p class="words".*?<\/p>/g),
      hash: /<code class="hash">(.*?)<\/code>/.exec(shown)?.[1],
    };
  };
}

/** The page of `REPORT`. */
export const PAGE = REPORT.slice('/api'.length);

export const titles = ({ report }: Report) => (report.documents ?? []).map(({ document }) => document.title);

export const said = ({ sections, citations, figures, ...read }: Report) => ({
  words: sections.map(({ section, text }) => `${section}: ${text}`),
  claims: Object.values(citations).flatMap(({ claims }) => claims.map(({ text }) => text)),
  figures: Object.values(figures).map(({ value }) => value),
  documents: titles({ sections, citations, figures, ...read }),
});
