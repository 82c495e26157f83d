import { HttpProblem } from '../http/http-problem.js';
import type { TypedForm } from './form-body.js';

/** Typed twice, as nobody sees what they type. */
export function newPasswordIn(form: TypedForm): string {
  const password = form.text('password');
  if (password === form.text('again')) return password;
  const message = 'The password is not the same here as above: type it twice alike';
  throw new HttpProblem('command-invalid', { errors: [{ field: 'again', message }] });
}
