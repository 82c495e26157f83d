import { partOf, schemaOf } from './parts.js';
import type { Row, Statements } from './statements.js';
import type { Found, Version } from './versions.js';

/** A condition on a member of the documents, for what is not worth a list: `track=EC`. */
export type Where = Readonly<Record<string, string>>;

/** Reads versions of documents, of a file and of its parts as one. */
export class Documents {
  private readonly schemas: readonly string[];

  constructor(
    private readonly statements: Statements,
    /** How many parts are attached. */
    private readonly parts: number,
    /** The sequence up to which the parts tell the record. */
    private readonly partsTellUpTo: number,
  ) {
    this.schemas = Array.from({ length: parts + 1 }, (_, part) => schemaOf(part));
  }

  /** The schema that holds the version `id`. */
  schemaOf(id: number): string {
    return schemaOf(this.isInPart(id) ? partOf(id) : 0);
  }

  /** While a part is built itself, nothing is attached to it. */
  isInPart(id: number): boolean {
    return this.parts > 0 && partOf(id) > 0;
  }

  /** Id of the open version. */
  current(view: number, key: string): number | undefined {
    return this.latest('id', view, key, Number.MAX_SAFE_INTEGER)?.['id'] as number | undefined;
  }

  /** The text of a version. */
  text(id: number): string {
    return this.statements.get(`SELECT body FROM ${this.schemaOf(id)}.document WHERE id = ?`, id)!['body'] as string;
  }

  /** The document as of sequence `asOf`, inclusive. */
  document(view: number, key: string, asOf: number): Found | undefined {
    return this.latest('id, key, since, body', view, key, asOf) as Found | undefined;
  }

  /** Documents whose keys begin with `prefix`, in the order of their keys, after the key `after`. */
  range(view: number, prefix: string, asOf: number, after: string, limit: number, where: Where = {}): Found[] {
    // With two lower bounds SQLite takes the first, and walks from there: for most prefixes through half of the view.
    const from = after < prefix ? { bound: '>=', key: prefix } : { bound: '>', key: after };
    const select = (schema: string) =>
      `SELECT d.id, d.key, d.since, d.body FROM ${schema}.document d
       WHERE d.view = ?1 AND d.key ${from.bound} ?3 AND d.key < ?4 AND ${holds(schema)} ${conditions(where, 6)}`;
    return this.statements.all(
      `${this.united(select)} ORDER BY 2 LIMIT ?5`,
      view,
      asOf,
      from.key,
      endOf(prefix),
      limit,
      ...Object.values(where),
    ) as unknown as Found[];
  }

  /** Documents that stand in every one of `lists`, in the order of their keys, after the key `after`. */
  listed(
    view: number,
    lists: readonly [string, ...string[]],
    asOf: number,
    after: string,
    limit: number,
    where: Where = {},
  ): Found[] {
    const [first, ...others] = lists;
    const joins = others.map(
      (_, n) =>
        `CROSS JOIN listing l${n} ON l${n}.view = ?1 AND l${n}.list = ?${n + 6} AND l${n}.key = l.key AND ${isAsOf(`l${n}`)}`,
    );
    // CROSS JOIN keeps SQLite from beginning with the documents, which are many more than those of the first list.
    const select = (schema: string) =>
      `SELECT d.id, d.key, d.since, d.body FROM listing l ${joins.join(' ')}
       CROSS JOIN ${schema}.document d ON d.view = ?1 AND d.key = l.key AND ${holds(schema)} ${conditions(where, others.length + 6)}
       WHERE l.view = ?1 AND l.list = ?3 AND l.key > ?4 AND ${isAsOf('l')}`;
    return this.statements.all(
      `${this.united(select)} ORDER BY 2 LIMIT ?5`,
      view,
      asOf,
      first,
      after,
      limit,
      ...others,
      ...Object.values(where),
    ) as unknown as Found[];
  }

  /** Every version of every document in one fixed order. */
  *versions(view: number): Iterable<Version> {
    const select = (schema: string) =>
      `SELECT id, view, key, since, until, body FROM ${schema}.document WHERE view = ?1`;
    let before: Version | undefined;
    for (const row of this.statements.of(`${this.united(select)} ORDER BY key, since`).iterate(view)) {
      const version = row as unknown as Version;
      if (before) yield* this.asItEnded(before, version);
      before = version;
    }
    if (before) yield* this.asItEnded(before);
  }

  count(view: number): number {
    const select = (schema: string) =>
      `SELECT count(*) AS n FROM ${schema}.document d WHERE d.view = ?1 AND ${holds(schema)}`;
    const rows = this.statements.all(this.united(select), view, Number.MAX_SAFE_INTEGER);
    return rows.reduce((sum, { n }) => sum + (n as number), 0);
  }

  private latest(members: string, view: number, key: string, asOf: number): Row | undefined {
    for (const schema of this.schemas) {
      const found = this.statements.get(
        `SELECT ${members} FROM ${schema}.document d
         WHERE view = ?1 AND key = ?3 AND ${holds(schema)} ORDER BY since DESC LIMIT 1`,
        view,
        asOf,
        key,
      );
      if (found) return found;
    }
    return undefined;
  }

  private united(select: (schema: string) => string): string {
    return this.schemas.map(select).join(' UNION ALL ');
  }

  /** A version in a part does not say itself that it was ended later. */
  private *asItEnded(version: Version, next?: Version): Iterable<Version> {
    const { id, key, since, until } = version;
    if (until === since) return;
    const endedLater = until === null && this.isInPart(id) && next?.key === key && next.since > this.partsTellUpTo;
    yield endedLater ? { ...version, until: next.since } : version;
  }
}

/** Whether the row `d` of a schema is the version as of `?2`. One in a part is not if anything was told of it since. */
const holds = (schema: string) =>
  schema === schemaOf(0)
    ? isAsOf('d')
    : `${isAsOf('d')} AND NOT EXISTS
       (SELECT 1 FROM main.document n WHERE n.view = d.view AND n.key = d.key AND n.since <= ?2)`;

const isAsOf = (alias: string) => `${alias}.since <= ?2 AND (${alias}.until IS NULL OR ${alias}.until > ?2)`;

/** The first text after all that begin with `prefix`. Keys hold no character above U+FFFD. */
function endOf(prefix: string): string {
  return `${prefix}\uffff`;
}

/** Members are named by us, never by a caller; their values are bound. */
function conditions(where: Where, from: number): string {
  const members = Object.keys(where);
  for (const member of members)
    if (!/^[a-zA-Z.]+$/.test(member)) throw new Error(`${member} is no member to filter by`);
  return members.map((member, n) => `AND d.body ->> '$.${member}' = ?${from + n}`).join(' ');
}
