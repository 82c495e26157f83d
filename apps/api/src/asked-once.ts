/** `ask`, which is asked once for each key: what is asked of one request again and again has one answer there. */
export function askedOnce<Subject, Answer>(
  keyOf: (subject: Subject) => string,
  ask: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (subject) => {
    const key = keyOf(subject);
    let known = answers.get(key);
    if (!known) answers.set(key, (known = { answer: ask(subject) }));
    return known.answer;
  };
}
