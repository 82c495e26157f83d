/** A kind of document that is taken, by its media type and by how names of such files end. */
export interface Kind {
  readonly type: string;
  readonly endings: readonly string[];
  /** As a person calls it. */
  readonly called: string;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

export const PDF = 'application/pdf';
export const DOCX = `${OFFICE}.wordprocessingml.document`;
export const XLSX = `${OFFICE}.spreadsheetml.sheet`;
export const ODT = 'application/vnd.oasis.opendocument.text';
export const ODS = 'application/vnd.oasis.opendocument.spreadsheet';
export const CSV = 'text/csv';
export const TEXT = 'text/plain';
export const PNG = 'image/png';
export const JPEG = 'image/jpeg';

/** All that is taken. Nothing here runs when it is opened: no HTML, no SVG, no macros. */
export const KINDS: readonly Kind[] = [
  { type: PDF, endings: ['pdf'], called: 'PDF' },
  { type: DOCX, endings: ['docx'], called: 'Word document' },
  { type: XLSX, endings: ['xlsx'], called: 'Excel workbook' },
  { type: ODT, endings: ['odt'], called: 'OpenDocument text' },
  { type: ODS, endings: ['ods'], called: 'OpenDocument spreadsheet' },
  { type: CSV, endings: ['csv'], called: 'CSV table' },
  { type: TEXT, endings: ['txt'], called: 'plain text' },
  { type: PNG, endings: ['png'], called: 'PNG image' },
  { type: JPEG, endings: ['jpg', 'jpeg'], called: 'JPEG image' },
];

export const kindOf = (type: string): Kind | undefined => KINDS.find((kind) => kind.type === type);

/** The kind that a name claims by its ending, in any case. */
export function kindNamed(name: string): Kind | undefined {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : KINDS.find(({ endings }) => endings.includes(ending));
}

/**
 * The type under which content of type `type` goes out as a file called `name`. A table and a text cannot be told apart
 * by their content; of all others the name has no say.
 */
export function typeNamed(type: string, name: string | undefined): string {
  return type === TEXT && name !== undefined && kindNamed(name)?.type === CSV ? CSV : type;
}
