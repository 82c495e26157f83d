import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { REMOVABLE_FACTS } from '#reporting';
import { COMMANDS } from './commands.js';
import { faultsOf } from './faults.js';
import { nestedIn } from './fields.js';
import { OWN_CHECKS } from './own-checks.js';

type FieldsClass = new () => object;

const classes = Object.entries(COMMANDS) as [string, FieldsClass][];

/** What the API knows how to compile into a JSON Schema. */
const COMPILED = new Set(
  'isString isNotEmpty minLength maxLength isLength matches isIn isInt isNumber isBoolean min max isUrl '
    .concat('isArray arrayMinSize arrayMaxSize arrayUnique nestedValidation conditionalValidation')
    .split(' ')
    .concat(Object.keys(OWN_CHECKS)),
);

const rulesOf = (of: FieldsClass) => getMetadataStorage().getTargetValidationMetadatas(of, '', false, false);

/** A class and all that is nested in it, each with the path to it. */
function* withNested(of: FieldsClass, path: string): Generator<[FieldsClass, string]> {
  yield [of, path];
  for (const field of new Set(rulesOf(of).map((rule) => rule.propertyName))) {
    const nested = nestedIn(of, field);
    if (nested) yield* withNested(nested, `${path}.${field}`);
  }
}

const fields = classes.flatMap(([name, of]) =>
  [...withNested(of, name)].flatMap(([part, path]) => {
    const rules = rulesOf(part);
    const names = [...new Set(rules.map((rule) => rule.propertyName))];
    return names.map((field) => ({
      part,
      field,
      path: `${path}.${field}`,
      rules: rules.filter((rule) => rule.propertyName === field),
    }));
  }),
);

const namesOf = (rules: ReturnType<typeof rulesOf>) => rules.map((rule) => rule.name ?? rule.type);

describe('The commands', () => {
  it('are called as their classes are', () => {
    for (const [name, of] of classes) expect(of.name).toBe(name);
  });

  it('hold nothing but what can be compiled', () => {
    const others = fields.flatMap(({ path, rules }) =>
      namesOf(rules)
        .filter((name) => !COMPILED.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(others).toEqual([]);
  });

  it('have rules for every field that can be sent', () => {
    for (const { part, path } of fields) {
      const ruled = rulesOf(part).map((rule) => rule.propertyName);
      expect([path, Object.keys(new part()).filter((field) => !ruled.includes(field))]).toEqual([path, []]);
    }
  });

  it('say what is nested wherever something is', () => {
    for (const { part, field, rules } of fields) {
      expect(nestedIn(part, field) !== undefined).toBe(namesOf(rules).includes('nestedValidation'));
    }
  });

  it('limit every text, number and list', () => {
    const limits: Readonly<Record<string, readonly string[]>> = {
      isString: ['maxLength', 'matches', 'isEdtf'],
      isInt: ['max'],
      isArray: ['arrayMaxSize'],
    };
    for (const { path, rules } of fields) {
      const names = namesOf(rules);
      for (const [kind, bounds] of Object.entries(limits)) {
        if (names.includes(kind)) expect([path, bounds.some((bound) => names.includes(bound))]).toEqual([path, true]);
      }
    }
  });

  it('take null for no field but the facts that a revision may take back', () => {
    const lenient = fields.filter(({ part, field }) =>
      faultsOf(part, { [field]: null }).every((f) => f.field !== field),
    );
    const removable = REMOVABLE_FACTS.map((fact) => `ReviseAction.changes.${fact}`);
    expect(lenient.map(({ path }) => path)).toEqual(removable);
  });

  it.each([
    ['a direction override', 'a\u202eb'],
    ['NUL', 'a\u0000b'],
    ['an escape sequence', '\u001b[2J'],
    ['half of a surrogate pair', 'a\ud800b'],
    ['a text without end', 'a'.repeat(1_000_000)],
    ['a number', 7.5],
    ['an object', { toString: 'a' }],
  ])('take %s for no text', (_, hostile) => {
    const texts = fields.filter(({ rules }) => namesOf(rules).some((name) => ['isString', 'matches'].includes(name)));
    expect(texts.length).toBeGreaterThan(200);
    const lenient = texts.filter(({ part, field, rules }) => {
      const value = rules.some((rule) => rule.each) ? [hostile] : hostile;
      return faultsOf(part, { [field]: value }).every((fault) => !fault.field.startsWith(field));
    });
    expect(lenient.map(({ path }) => path)).toEqual([]);
  });

  it('cannot be told from outside who gives them, nor what only the log knows', () => {
    for (const [, of] of classes) {
      for (const field of ['given', 'type', 'successors', 'ancestors', 'targetTrack', 'corrects']) {
        expect(faultsOf(of, { [field]: 'x' })).toContainEqual({ field, message: `property ${field} should not exist` });
      }
    }
  });
});
