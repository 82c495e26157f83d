import { maxLength, minLength } from 'class-validator';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type FieldsClass, formatChecks, schemaOf } from './command-schema.js';

// `unicodeRegExp: false`: the patterns are compiled exactly as the decorators wrote them.
const ajv = new Ajv2020({ strict: true, unicodeRegExp: false, allErrors: false });

// class-validator counts characters otherwise than JSON Schema does: a variation selector does not count. No more than
// three UTF-16 units make one of its characters, so most texts need no counting.
for (const keyword of ['maxLength', 'minLength']) ajv.removeKeyword(keyword);
ajv.addKeyword({
  keyword: 'maxLength',
  type: 'string',
  schemaType: 'number',
  compile: (max: number) => (text: string) => text.length <= max || (text.length <= 3 * max && maxLength(text, max)),
});
ajv.addKeyword({
  keyword: 'minLength',
  type: 'string',
  schemaType: 'number',
  compile: (min: number) => (text: string) => text.length >= 3 * min || minLength(text, min),
});

const checks = new WeakMap<FieldsClass, ValidateFunction>();

/** Compiled once per class, when it is first asked: all of them would take a quarter of a start. */
function checkOf(of: FieldsClass): ValidateFunction {
  let check = checks.get(of);
  if (!check) {
    const schema = schemaOf(of);
    for (const [name, validate] of formatChecks()) {
      if (!(name in ajv.formats)) ajv.addFormat(name, { type: 'string', validate });
    }
    check = ajv.compile(schema);
    checks.set(of, check);
  }
  return check;
}

/** The first fault of `value`, or nothing where it is what the decorators of `of` ask for. */
export function firstFaultOf(of: FieldsClass, value: unknown): ErrorObject | undefined {
  const check = checkOf(of);
  return check(value) ? undefined : check.errors?.[0];
}
