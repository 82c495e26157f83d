/** Who the log says recorded it. The same in every import, or a repeated command would be somebody else's. */
export const IMPORTER = 'record-import';
