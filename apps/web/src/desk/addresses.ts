export const INBOX = '/inbox';
export const DEADLINES = '/deadlines';
export const CALENDAR = '/api/deadlines.ics';
