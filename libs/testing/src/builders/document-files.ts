import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content?: Buffer | string;
  readonly stored?: boolean;
  /** What headers say instead of the truth. */
  readonly says?: {
    readonly bytes?: number;
    readonly flags?: number;
    readonly unixMode?: number;
    readonly localName?: string;
  };
  /** Junk behind the part. */
  readonly behind?: Buffer;
}

/** A ZIP archive as no library would make it, where that is asked for. */
export function zipOf(parts: readonly ZipPart[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content = '', stored = false, says = {}, behind = Buffer.alloc(0) } of parts) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(says.unixMode === undefined ? 20 : 0x0314, 4);
    for (const [head, shift] of [
      [local, 4],
      [entry, 6],
    ] as const) {
      head.writeUInt16LE(20, shift);
      head.writeUInt16LE(says.flags ?? 0x0800, shift + 2);
      head.writeUInt16LE(stored ? 0 : 8, shift + 4);
      head.writeUInt32LE(crc32(bytes), shift + 10);
      head.writeUInt32LE(packed.length, shift + 14);
      head.writeUInt32LE(says.bytes ?? bytes.length, shift + 18);
    }
    const localName = says.localName ?? name;
    local.writeUInt16LE(Buffer.byteLength(localName), 26);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE((says.unixMode ?? 0) * 0x10000, 38);
    entry.writeUInt32LE(at, 42);
    const whole = Buffer.concat([local, Buffer.from(localName), packed, behind]);
    locals.push(whole);
    directory.push(entry, Buffer.from(name));
    at += whole.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...locals, list, end, Buffer.from(comment)]);
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const contentTypes = (main: string) =>
  `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="${OFFICE}.${main}"/></Types>`;

export const docxParts = (...more: readonly ZipPart[]): ZipPart[] => [
  { name: '[Content_Types].xml', content: contentTypes('wordprocessingml.document.main+xml') },
  { name: 'word/document.xml', content: '<w:document><w:body>An example.</w:body></w:document>' },
  ...more,
];

export const xlsxParts = (...more: readonly ZipPart[]): ZipPart[] => [
  { name: '[Content_Types].xml', content: contentTypes('spreadsheetml.sheet.main+xml') },
  { name: 'xl/workbook.xml', content: '<workbook/>' },
  ...more,
];

export const openDocumentParts = (kind: 'text' | 'spreadsheet', ...more: readonly ZipPart[]): ZipPart[] => [
  { name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}`, stored: true },
  { name: 'content.xml', content: '<office:document-content/>' },
  ...more,
];

/** A PDF of one page. `catalog` and `objects` are added as they are written; `text` makes it another file. */
export function pdfOf({
  catalog = '',
  objects = [] as readonly (Buffer | string)[],
  text = 'An example.',
} = {}): Buffer {
  const parts = [
    `1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj`,
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj',
    '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj',
    ...objects,
    `% ${text}`,
    'trailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n0\n%%EOF\n',
  ];
  return Buffer.concat(
    ['%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3', ...parts].flatMap((part) => [Buffer.from(part), Buffer.from('\n')]),
  );
}

/** Objects by their numbers, packed into a stream as PDF 1.5 does it. */
export function objectStream(
  objects: Readonly<Record<number, string>>,
  dictionary = '/Type /ObjStm /Filter /FlateDecode',
): Buffer {
  let offset = 0;
  const pairs = Object.entries(objects).map(([number, text]) => {
    const pair = `${number} ${offset}`;
    offset += text.length + 1;
    return pair;
  });
  const header = `${pairs.join(' ')} `;
  const content = deflateSync(Buffer.from(`${header}${Object.values(objects).join(' ')}`));
  const head = `9 0 obj\n<< ${dictionary} /N ${pairs.length} /First ${header.length} /Length ${content.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\nendstream\nendobj')]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** One grey pixel. */
export function pngOf(...more: readonly Buffer[]): Buffer {
  const size = Buffer.from('00000001000000010800000000', 'hex');
  const image = deflateSync(Buffer.from([0, 128]));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', size), ...more, chunk('IDAT', image), chunk('IEND', Buffer.alloc(0))]);
}

export const pngRemark = (text: string): Buffer => chunk('tEXt', Buffer.from(`Comment\0${text}`));

/** The frame of a JPEG, of which only beginning and end are looked at. */
export const jpegOf = (): Buffer => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
