import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { docxParts, openDocumentParts, xlsxParts, type ZipPart, zipOf } from '#testing';
import { InspectedDocuments, refused, typeFor } from '../../../test/support/inspected-documents.js';

const { put } = InspectedDocuments.forThisFile();

describe('an archive', () => {
  const docx = (...more: ZipPart[]) => put('a.docx', zipOf(docxParts(...more)));

  it('that becomes a thousand times its size is refused', async () => {
    const bomb = docx({ name: 'word/big.xml', content: Buffer.alloc(20 * 1024 * 1024) });
    await expect(bomb).rejects.toEqual(refused('attachment-archive-too-large'));
  });

  it('that lies about the size that it becomes is refused', async () => {
    const content = Buffer.alloc(20 * 1024 * 1024);
    await expect(docx({ name: 'word/big.xml', content, says: { bytes: 100 } })).rejects.toEqual(
      refused('attachment-malformed'),
    );
  });

  it('of 10,001 files is refused, and of 10,000 is not', async () => {
    const parts = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ name: `word/${n}.xml`, content: `${n}`, stored: true }));
    await expect(docx(...parts(9_999))).rejects.toEqual(refused('attachment-archive-too-large', /10001 files/));
    expect(await docx(...parts(9_998))).toMatchObject({ type: typeFor('a.docx') });
  }, 30_000);

  it.each<[what: string, part: ZipPart, code: string]>([
    ['with macros', { name: 'word/vbaProject.bin', content: 'x' }, 'attachment-unsafe'],
    [
      'with macros under another name',
      { name: 'word/a.bin', content: Buffer.from('d0cf11e0a1b11ae1', 'hex') },
      'attachment-unsafe',
    ],
    ['with an archive in it', { name: 'word/a.zip', content: 'x' }, 'attachment-unsafe'],
    [
      'with an archive in it under another name',
      { name: 'word/a.png', content: zipOf([{ name: 'a' }]) },
      'attachment-unsafe',
    ],
    ['with a link', { name: 'word/a', content: '/etc/passwd', says: { unixMode: 0xa1ff } }, 'attachment-unsafe'],
    ['with a way out', { name: '../../a.xml', content: 'x' }, 'attachment-unsafe'],
    ['with a way to a drive', { name: 'C:/a.xml', content: 'x' }, 'attachment-unsafe'],
    ['that is encrypted', { name: 'word/a.xml', content: 'x', says: { flags: 1 } }, 'attachment-unsafe'],
    ['with a name twice', { name: 'WORD/document.xml', content: 'x' }, 'attachment-malformed'],
    [
      'with two names for one part',
      { name: 'word/a.xml', content: 'x', says: { localName: 'word/b.xml' } },
      'attachment-malformed',
    ],
    [
      'with something between its parts',
      { name: 'word/a.xml', content: 'x', behind: Buffer.from('hidden') },
      'attachment-malformed',
    ],
  ])('%s is refused', async (_, part, code) => {
    await expect(docx(part)).rejects.toEqual(refused(code));
  });

  const relating = (type: string, target: string, more = ''): ZipPart => ({
    name: 'word/_rels/settings.xml.rels',
    content: `${more}<Relationships><Relationship Id="r" Type="http://schemas.example/${type}" Target='${target}' TargetMode="External"/></Relationships>`,
  });

  it.each([
    ['attachedTemplate', 'https://example.org/a.dotm'],
    ['attachedTemplate', '\\\\example.org\\share\\a.dotm'],
    ['attachedTemplate', 'file://example.org/share/a.dotm'],
    ['attachedTemplate', 'file:////example.org/share/a.dotm'],
    ['oleObject', 'mhtml:https://example.org/a!x-usc:b'],
    ['image', '&#104;ttps://example.org/seen.png'],
    ['frame', ' HTTPS://example.org/'],
  ])('that fetches another one when it is opened is refused: %s %s', async (type, target) => {
    await expect(docx(relating(type, target))).rejects.toEqual(refused('attachment-unsafe', /fetched from elsewhere/));
  });

  it.each([
    `<Relationship Target="https://example.org/a?b>c" TargetMode="External" Type="http://schemas.example/frame"/>`,
    `<a-b:Relationship Target="https://example.org/" TargetMode="External" Type="http://schemas.example/frame"/>`,
    `<Relationship\n Target='https://example.org/"' TargetMode\n=\n"External" Type="http://schemas.example/frame"></Relationship>`,
    `<Relationship Id="a TargetMode='Internal' " Target="https://example.org/" TargetMode="External" Type="http://schemas.example/frame"/>`,
  ])('that fetches another one is refused however that is written: %j', async (written) => {
    const part = { name: 'word/_rels/settings.xml.rels', content: `<Relationships>${written}</Relationships>` };
    await expect(docx(part)).rejects.toEqual(refused('attachment-unsafe', /fetched from elsewhere/));
  });

  it.each([
    ['hyperlink', 'https://example.org/'],
    ['externalLinkPath', 'https://example.org/figures.xlsx'],
    ['attachedTemplate', 'file:///C:\\Templates\\Example.dotm'],
    ['attachedTemplate', 'C:\\Templates\\Example.dotm'],
    ['image', 'pictures/a.png'],
  ])('that only says where something is is taken: %s %s', async (type, target) => {
    expect(await docx(relating(type, target))).toMatchObject({ type: typeFor('a.docx') });
  });

  it('whose relationships are written so that they are not understood is refused', async () => {
    const { name, content } = relating('attachedTemplate', 'https://example.org/a.dotm');
    for (const odd of [Buffer.from(content as string, 'utf16le'), `<!DOCTYPE a [<!ENTITY b "x">]>${content as string}`])
      await expect(docx({ name, content: odd })).rejects.toEqual(refused('attachment-malformed'));
  });

  it('whose relationships never end is looked through at once', async () => {
    const part = { name: 'word/_rels/settings.xml.rels', content: '<Relationship '.repeat(70_000) };
    const began = performance.now();
    expect(await put('a.docx', zipOf([...docxParts(), { ...part, stored: true }]))).toMatchObject({
      type: typeFor('a.docx'),
    });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('that starts a program for its figures is refused', async () => {
    const xlsx = (content: string | Buffer) =>
      put('a.xlsx', zipOf([...xlsxParts(), { name: 'xl/externalLinks/externalLink1.xml', content }]));
    const link = '<ddeLink ddeService="cmd" ddeTopic="/c x"/>';
    for (const written of [link, link.replace('<', '<x-y:')])
      await expect(xlsx(written)).rejects.toEqual(refused('attachment-unsafe', /program/));
    await expect(xlsx(Buffer.from(link, 'utf16le'))).rejects.toEqual(refused('attachment-malformed'));
  });

  it('is looked through to the end for what could run, wherever its parts are cut while they are unpacked', async () => {
    const after = (bytes: number, name: string, content: string) => {
      // Not to be packed so well that it is refused for that.
      const noise = randomBytes(Math.ceil((bytes * 3) / 4))
        .toString('base64')
        .slice(0, bytes - 9);
      const part = { name, content: `<!--${noise}-->${' '.repeat(2)}${content}` };
      const parts = xlsxParts().filter((each) => each.name !== name);
      return put('a.xlsx', zipOf([...parts, part]));
    };
    const linked = 'xl/externalLinks/externalLink1.xml';
    const [link, prefix] = ['<ddeLink ddeService="cmd"/>', `<${'p'.repeat(200_000)}:ddeLink/>`];
    const megabyte = 1024 * 1024;
    for (const bytes of [megabyte + 5, 2 * megabyte - 3, 2 * megabyte + 65_536 - 4, 3 * megabyte - 8])
      await expect(after(bytes, linked, link)).rejects.toEqual(refused('attachment-unsafe', /program/));
    await expect(after(megabyte, linked, prefix)).rejects.toEqual(refused('attachment-unsafe', /program/));
    await expect(after(megabyte, linked, '<!DOCTYPE x>')).rejects.toEqual(refused('attachment-malformed'));
    expect(await after(megabyte, linked, '<oleLink/>')).toMatchObject({ type: typeFor('a.xlsx') });
    const types = xlsxParts().find(({ name }) => name === '[Content_Types].xml')!;
    const macros = `${String(types.content)}${randomBytes(megabyte).toString('base64')} macroEnabled`;
    const said = xlsxParts().map((part) => (part.name === types.name ? { ...part, content: macros } : part));
    await expect(put('a.xlsx', zipOf(said))).rejects.toEqual(refused('attachment-unsafe', /macros/));
  });

  it('that starts a program, as OpenDocument does it, is refused however that is written, also in an object of it', async () => {
    const ods = (name: string, content: string | Buffer) => {
      const others = openDocumentParts('spreadsheet').filter((each) => each.name !== name);
      return put('a.ods', zipOf([...others, { name, content }]));
    };
    const linking = '<a><office:dde-source office:dde-application="cmd"/></a>';
    const declared = `<!DOCTYPE a [<!ENTITY b "x">]>${linking}`;
    for (const name of ['content.xml', 'styles.xml', 'Object 1/content.xml']) {
      await expect(ods(name, linking)).rejects.toEqual(refused('attachment-unsafe', /program/));
      for (const odd of [Buffer.from(linking, 'utf16le'), declared])
        await expect(ods(name, odd)).rejects.toEqual(refused('attachment-malformed'));
    }
    expect(await ods('content.xml', '<!DOCTYPE a><a/>')).toMatchObject({ type: typeFor('a.ods') });
  });

  it('with sizes behind its parts is taken, as office programs write it', async () => {
    const behind = Buffer.alloc(16);
    const part = { name: 'word/a.xml', content: 'x', says: { flags: 8 }, behind };
    expect(await docx(part)).toMatchObject({ type: typeFor('a.docx') });
  });

  it('that is encrypted as OpenDocument does it is refused', async () => {
    const manifest = { name: 'META-INF/manifest.xml', content: '<manifest:encryption-data/>' };
    await expect(put('a.odt', zipOf(openDocumentParts('text', manifest)))).rejects.toEqual(
      refused('attachment-unsafe', /encrypted/),
    );
    const macro = { name: 'Basic/Standard/Module1.xml', content: 'Sub Main' };
    await expect(put('a.odt', zipOf(openDocumentParts('text', macro)))).rejects.toEqual(
      refused('attachment-unsafe', /macros/),
    );
  });
});
