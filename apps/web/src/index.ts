export { type Asset, assetAt, mark, style } from './assets.js';
export { comparisonPage, type ComparisonView } from './comparison-page.js';
export { errorPage } from './error-page.js';
export type { Names } from './names.js';
export { organizationPage } from './organization-page.js';
export { organizationsPage, type Parts } from './organizations-page.js';
export { documentOf, type Page } from './page.js';
export type { ShownMoment } from './addresses.js';
