import type { TypedForm } from './form-body.js';

/** Authenticators show `123 456`, and people type what they see. */
export const codeIn = (form: TypedForm): string => form.text('code').replaceAll(/\s+/g, '');
