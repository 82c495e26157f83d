export { DEADLINES, INBOX } from './addresses.js';
export { deadlinesPage } from './deadlines-page.js';
export { inboxPage } from './inbox-page.js';
