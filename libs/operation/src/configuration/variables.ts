/** A variable of the environment that the product reads. */
export interface Variable {
  readonly name: string;
  /** What it is without being given, in words where it depends on another one. */
  readonly fallback: string;
  readonly meaning: string;
  /** May hold a password: then `<name>_FILE` names a file that holds the value instead. */
  readonly secret?: true;
}

/** All of them, in the order in which a person would ask for them. */
export const VARIABLES = [
  {
    name: 'HOST',
    fallback: '127.0.0.1',
    meaning: 'Address to listen on. With PEOPLE=off, any but a loopback address needs UNPROTECTED=accepted.',
  },
  {
    name: 'UNPROTECTED',
    fallback: '',
    meaning: 'accepted: with PEOPLE=off, whoever reaches the address may give commands.',
  },
  {
    name: 'PEOPLE',
    fallback: 'required',
    meaning:
      'required: everybody but readers of the public record signs in; off: nobody does, every command names its actor itself.',
  },
  {
    name: 'OIDC_ISSUER',
    fallback: '',
    meaning: 'Issuer of a provider of OpenID Connect, by which people may sign in, too.',
  },
  { name: 'OIDC_CLIENT_ID', fallback: '', meaning: 'What the provider calls this installation.' },
  {
    name: 'OIDC_CLIENT_SECRET',
    fallback: '',
    meaning: 'By which this installation proves to the provider that it is it. Left out: it is a public client.',
    secret: true,
  },
  { name: 'OIDC_NAME', fallback: 'the host of OIDC_ISSUER', meaning: 'What people call the provider.' },
  {
    name: 'OIDC_SECOND_FACTOR',
    fallback: 'local',
    meaning: 'trusted: a second factor that the provider saw is one (amr mfa, otp or hwk); local: ours is asked for.',
  },
  {
    name: 'PROXIES',
    fallback: 'none',
    meaning:
      'Addresses and networks of proxies that are believed about who asks (X-Forwarded-For), with commas; or none.',
  },
  {
    name: 'ANONYMOUS_READS_PER_MINUTE',
    fallback: '120',
    meaning:
      'How often a minute whoever has not signed in may search, read deadlines and the change log, and copy the record, from one network address; 0: no limit.',
  },
  { name: 'PORT', fallback: '7171', meaning: 'Port of the API and the pages; 0 lets the system choose.' },
  { name: 'WORKER_PORT', fallback: '7172', meaning: 'Port of the health and the metrics of a worker.' },
  { name: 'DATA_DIR', fallback: './data', meaning: 'Folder of everything that a process keeps.' },
  {
    name: 'RECORD',
    fallback: 'wsis',
    meaning:
      'wsis: the public record of 2005 to 2025 is loaded at the first start; dry-run: only looked through; none: left alone.',
  },
  {
    name: 'EVENT_STORE_URL',
    fallback: 'sqlite:<DATA_DIR>/events.sqlite',
    meaning: 'Where the log is: sqlite:<path>, kurrentdb://… or esdb://….',
    secret: true,
  },
  {
    name: 'REDIS_URL',
    fallback: '',
    meaning:
      'Where jobs are queued and several nodes keep sessions: redis://… or rediss://…. Left out: the process of the API does both.',
    secret: true,
  },
  {
    name: 'METRICS_TOKEN',
    fallback: '',
    meaning:
      'What a collector shows as a bearer token to read /metrics, of API and worker, and /health/digest of a worker. Left out: only who may reads the metrics of the API, and nobody the digest of a worker; with PEOPLE=off everybody reads all.',
    secret: true,
  },
  { name: 'PUBLIC_URL', fallback: 'http://127.0.0.1:<PORT>', meaning: 'What the links in mails begin with.' },
  {
    name: 'MAIL_URL',
    fallback: 'folder:<DATA_DIR>/mail',
    meaning: 'How mail leaves: smtp://…, smtps://… or folder:<path> for a folder of .eml files.',
    secret: true,
  },
  { name: 'MAIL_FROM', fallback: 'Para 71 <para71@localhost>', meaning: 'Sender of every mail.' },
  {
    name: 'MAIL_CONTACTS',
    fallback: '<DATA_DIR>/contacts.json',
    meaning: 'File with the addresses of the organizations.',
  },
  {
    name: 'REMINDER_DAYS',
    fallback: '-30,-7,-1,1,14',
    meaning: 'Days on which organizations are reminded, counted from the deadline; none: never.',
  },
  { name: 'REMINDER_AT', fallback: '09:00', meaning: 'Time of the day at which a reminder falls due.' },
  {
    name: 'REMINDER_TIME_ZONE',
    fallback: 'UTC',
    meaning: 'Time zone of REMINDER_AT and of the days, such as Europe/Paris.',
  },
  {
    name: 'LOG_LEVEL',
    fallback: 'warn, or info with LOG_FORMAT=json',
    meaning: 'debug, info, warn or error: the least that is logged.',
  },
  {
    name: 'LOG_FORMAT',
    fallback: 'text',
    meaning: 'text: lines for a person, and the log on the error output; json: everything as JSON lines.',
  },
] as const satisfies readonly Variable[];

export type VariableName = (typeof VARIABLES)[number]['name'];
export type SecretName = Extract<(typeof VARIABLES)[number], { secret: true }>['name'];
