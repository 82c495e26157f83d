import { describe, expect, it } from '@jest/globals';
import { deflateSync } from 'node:zlib';
import {
  docxParts,
  jpegOf,
  objectStream,
  openDocumentParts,
  pdfOf,
  pngOf,
  pngRemark,
  xlsxParts,
  zipOf,
} from '#testing';
import { InspectedDocuments, refused, typeFor } from '../../../test/support/inspected-documents.js';

const documents = InspectedDocuments.forThisFile();
const { put } = documents;

describe('a document that is what it says', () => {
  it.each<[string, Buffer | string]>([
    ['report.pdf', pdfOf()],
    ['REPORT.PDF', pdfOf({ text: 'Another.' })],
    ['report.docx', zipOf(docxParts())],
    ['figures.xlsx', zipOf(xlsxParts())],
    ['report.odt', zipOf(openDocumentParts('text'))],
    ['figures.ods', zipOf(openDocumentParts('spreadsheet'))],
    ['figures.csv', 'year,participants\n2008,1280\n'],
    ['notes.txt', '\ufeffZoë · عربي 報告\r\n'],
    ['eicar.com.txt', 'A name is only a name.'],
    ['picture.png', pngOf(pngRemark('An example'))],
    ['picture.jpg', jpegOf()],
    ['picture.jpeg', jpegOf()],
  ])('is kept: %s', async (name, content) => {
    const kept = await put(name, content, typeFor(name.toLowerCase()));
    expect(kept).toMatchObject({ name, bytes: Buffer.from(content).length, type: typeFor(name.toLowerCase()) });
    const { type, content: kind } = (await documents.store.open(kept.sha256))!;
    kind.destroy();
    expect(type).toBe(kept.type === 'text/csv' ? 'text/plain' : kept.type);
  });

  it('may be said to have a character set', async () => {
    expect(await put('notes.txt', 'x', 'Text/Plain; charset=utf-8')).toMatchObject({ type: 'text/plain' });
  });
});

describe('a document that is something else', () => {
  it.each<[what: string, name: string, content: Buffer | string, type: string, code: string]>([
    ['a PDF called a text', 'a.txt', pdfOf(), 'text/plain', 'attachment-type-disagrees'],
    ['a PDF said to be an image', 'a.pdf', pdfOf(), 'image/png', 'attachment-type-disagrees'],
    ['a workbook called a document', 'a.docx', zipOf(xlsxParts()), typeFor('a.docx'), 'attachment-type-disagrees'],
    ['a text called a PDF', 'a.pdf', 'Hello', 'application/pdf', 'attachment-type-disagrees'],
    ['a program', 'a.exe', 'MZ', 'application/x-msdownload', 'attachment-type-unknown'],
    ['a program called a text', 'a.txt', Buffer.from('4d5a90000300', 'hex'), 'text/plain', 'attachment-type-unknown'],
    ['a page', 'a.html', '<html></html>', 'text/html', 'attachment-type-unknown'],
    ['a page called a text', 'a.txt', '\n <!DOCTYPE html><p>', 'text/plain', 'attachment-type-unknown'],
    ['a drawing called a text', 'a.txt', '<svg onload="alert(1)"/>', 'text/plain', 'attachment-type-unknown'],
    ['a drawing', 'a.svg', '<svg/>', 'image/svg+xml', 'attachment-type-unknown'],
    ['text in Latin-1', 'a.txt', Buffer.from('Zo\u00eb', 'latin1'), 'text/plain', 'attachment-type-unknown'],
    ['any archive', 'a.docx', zipOf([{ name: 'a.xml', content: 'a' }]), typeFor('a.docx'), 'attachment-type-unknown'],
    [
      'a document of an old Office',
      'a.docx',
      Buffer.from('d0cf11e0a1b11ae100', 'hex'),
      typeFor('a.docx'),
      'attachment-type-unknown',
    ],
    ['without an ending', 'pdf', pdfOf(), 'application/pdf', 'attachment-type-unknown'],
    ['with two endings', 'a.pdf.exe', pdfOf(), 'application/pdf', 'attachment-type-unknown'],
    ['empty', 'a.txt', '', 'text/plain', 'attachment-malformed'],
  ])('is refused: %s', async (_, name, content, type, code) => {
    await expect(put(name, content, type)).rejects.toEqual(refused(code));
  });

  it.each<[what: string, name: string, content: Buffer]>([
    ['an image with an archive behind it', 'a.png', Buffer.concat([pngOf(), zipOf(docxParts())])],
    ['a PDF with an archive behind it', 'a.pdf', Buffer.concat([pdfOf(), zipOf(docxParts())])],
    [
      'a PDF in the remark of an archive',
      'a.pdf',
      Buffer.concat([pdfOf(), zipOf([{ name: 'a', content: 'a' }], '\n%%EOF\n')]),
    ],
    ['an archive with a page before it', 'a.docx', Buffer.concat([Buffer.from('<html>'), zipOf(docxParts())])],
    ['an image with a PDF in it', 'a.png', pngOf(pngRemark('%PDF-1.4'))],
    ['an image with something behind it', 'a.png', Buffer.concat([pngOf(), Buffer.from('<script>')])],
    ['an image with something behind it', 'a.jpg', Buffer.concat([jpegOf(), Buffer.from('<script>')])],
  ])('is refused: %s (%s)', async (_, name, content) => {
    await expect(put(name, content)).rejects.toEqual(
      expect.objectContaining({ code: expect.stringMatching(/malformed|unknown|disagrees/) as unknown }),
    );
  });

  it.each<[string, Buffer]>([
    ['a.pdf', pdfOf()],
    ['a.docx', zipOf(docxParts())],
    ['a.png', pngOf()],
    ['a.jpg', jpegOf()],
  ])('is refused where it is cut off: %s', async (name, content) => {
    await expect(put(name, content.subarray(0, content.length - 12))).rejects.toEqual(refused('attachment-malformed'));
  });
});

describe('a PDF', () => {
  const pdf = (...given: Parameters<typeof pdfOf>) => put('a.pdf', pdfOf(...given));

  it.each([
    ['JavaScript', '4 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj', /JavaScript/],
    ['JavaScript, written otherwise', '4 0 obj << /S /J#61vaScrip#74 /JS (app.alert(1)) >> endobj', /JavaScript/],
    ['a program to start', '4 0 obj << /S /Launch /F (cmd.exe) >> endobj', /starts a program/],
    ['a file in it', '4 0 obj << /Type /EmbeddedFile >> stream\nx\nendstream endobj', /another file/],
    ['a file to open elsewhere', '4 0 obj << /S/GoToR/F(\\\\\\\\host\\\\x) >> endobj', /another file/],
    ['a form that sends', '4 0 obj << /S /SubmitForm >> endobj', /form/],
    ['a password', 'trailer << /Encrypt 5 0 R >>', /encrypted/],
  ])('with %s is refused', async (_, object, why) => {
    await expect(pdf({ objects: [object] })).rejects.toEqual(refused('attachment-unsafe', why));
  });

  it('with JavaScript in a packed stream of objects is refused', async () => {
    const objects = [objectStream({ 4: '<< /S /JavaScript /JS (app.alert(1)) >>' })];
    await expect(pdf({ objects })).rejects.toEqual(refused('attachment-unsafe', /JavaScript/));
  });

  it('with JavaScript in a packed stream that does not say that it has objects is refused', async () => {
    const objects = [objectStream({ 4: '<< /S /JavaScript >>' }, '/Filter /FlateDecode')];
    await expect(pdf({ objects })).rejects.toEqual(refused('attachment-unsafe', /JavaScript/));
  });

  it('with objects that are packed in an unusual way is refused', async () => {
    const objects = [
      '9 0 obj << /Type /ObjStm /Filter /ASCIIHexDecode /N 1 /First 4 >>\nstream\n34203020\nendstream endobj',
    ];
    await expect(pdf({ objects })).rejects.toEqual(refused('attachment-unsafe', /packed/));
  });

  it('with JavaScript at any place of a large file is refused', async () => {
    for (const before of [65_530, 131_060, 400_000]) {
      const objects = [`% ${'x'.repeat(before)}`, '4 0 obj << /S /JavaScript >> endobj', `% ${'x'.repeat(70_000)}`];
      await expect(pdf({ objects })).rejects.toEqual(refused('attachment-unsafe', /JavaScript/));
    }
  });

  it.each<[string, Parameters<typeof pdfOf>[0]]>([
    ['a place in it', { catalog: '/OpenAction [3 0 R /Fit]' }],
    ['an action that goes to a place', { catalog: '/OpenAction << /S /GoTo /D [3 0 R /Fit] >>' }],
    [
      'the number of one',
      { catalog: '/OpenAction 4 0 R', objects: ['4 0 obj\n<< /S /GoTo /D [3 0 R /Fit] >>\nendobj'] },
    ],
    [
      'the number of a packed one',
      { catalog: '/OpenAction 5 0 R', objects: [objectStream({ 4: '<< /A 1 >>', 5: '<< /S /GoTo /D [3 0 R] >>' })] },
    ],
  ])('that opens at %s is taken', async (_, given) => {
    expect(await pdf(given)).toMatchObject({ type: 'application/pdf' });
  });

  it.each<[string, Parameters<typeof pdfOf>[0]]>([
    ['with an action', { catalog: '/OpenAction << /S /URI /URI (https://example.org) >>' }],
    [
      'with the number of an action',
      { catalog: '/OpenAction 4 0 R', objects: ['4 0 obj\n<< /S /URI /URI (https://example.org) >>\nendobj'] },
    ],
    ['with what is not there', { catalog: '/OpenAction 77 0 R' }],
  ])('that opens %s is refused', async (_, given) => {
    await expect(pdf(given)).rejects.toEqual(refused('attachment-unsafe', /when it is opened/));
  });

  const packedStream = (says: string, text: string) => {
    const content = deflateSync(Buffer.from(text));
    const head = `9 0 obj\n<< ${says} /Filter /FlateDecode /Length ${content.length} >>\nstream\n`;
    return Buffer.concat([Buffer.from(head), content, Buffer.from('\nendstream\nendobj')]);
  };

  it.each<[string, string, string]>([
    ['stands twice in a stream, once as something else', '5 22 5 0 ', '<< /S /GoTo /D [3]>>  << /S /URI >>'],
    ['is a place only where escapes are counted', '5 24 ', `${'#20'.repeat(8)}<< /S /URI >>   << /S /GoTo /D [3] >>`],
    ['is one of very many', '4 0 '.repeat(4_000_000), '<< /S /URI >>'],
  ])('whose action at its opening %s is refused', async (_, pairs, packed) => {
    const objects = [packedStream('/Type /ObjStm', pairs + packed)];
    await expect(pdf({ catalog: '/OpenAction 5 0 R', objects })).rejects.toEqual(
      refused('attachment-unsafe', /when it is opened/),
    );
  });

  it('whose objects are too long to be looked through is refused, and one with drawings as long is taken', async () => {
    const long = '1 0 '.repeat(10_000_000);
    await expect(pdf({ objects: [packedStream('/Type /ObjStm', long)] })).rejects.toEqual(
      refused('attachment-unsafe', /packed/),
    );
    expect(await pdf({ objects: [packedStream('', long)] })).toMatchObject({ type: 'application/pdf' });
  });

  it('that would take hours to look through is refused at once', async () => {
    const opening = Array.from({ length: 21 }, (_, n) => `/OpenAction ${n + 10} 0 R`).join('\n');
    const objects = Array.from({ length: 21 }, (_, n) => `${n + 10} 0 obj\n<< /S /GoTo /D [3 0 R /Fit] >>\nendobj`);
    await expect(pdf({ objects: [opening, ...objects] })).rejects.toEqual(refused('attachment-unsafe', /is opened/));
    await expect(pdf({ objects: ['stream\n'.repeat(50_001)] })).rejects.toEqual(
      refused('attachment-archive-too-large'),
    );
  });

  it('that links to pages of the web is taken, and one that has words about JavaScript', async () => {
    const words = deflateSync(Buffer.from('BT (/JavaScript) Tj ET'));
    const stream = Buffer.concat([
      Buffer.from('4 0 obj << /Filter /FlateDecode >>\nstream\n'),
      words,
      Buffer.from('\nendstream\nendobj'),
    ]);
    const link = '5 0 obj << /Subtype /Link /A << /S /URI /URI (https://example.org) >> >> endobj';
    expect(await pdf({ objects: [stream, link] })).toMatchObject({ type: 'application/pdf' });
  });
});
