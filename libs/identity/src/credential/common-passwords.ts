/**
 * What people write when they are asked for something long: whole passwords and the words that they are made of. Lower case.
 * A password of fifteen characters is not in the lists of short ones, but it is often made of them, one after the other.
 */
export const COMMON_PARTS: readonly string[] = (
  'password passwort passw0rd p@ssword p@ssw0rd passphrase motdepasse contrasena contraseña senha parola parol ' +
  'qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm 1q2w3e 1q2w3e4r 1qaz2wsx qazwsx abc abcd abcdef ' +
  'letmein welcome admin administrator root login user guest test testing secret changeme change default master ' +
  'iloveyou sunshine princess dragon monkey football baseball superman batman shadow michael jordan liverpool ' +
  'correct horse battery staple correcthorsebatterystaple trustno1 hello hallo bonjour hola ' +
  'summer winter spring autumn january february march april may june july august september october november december ' +
  'monday tuesday wednesday thursday friday saturday sunday internet computer google facebook server system'
).split(' ');

/** Of this product and what it is about: the first that somebody guesses here. */
export const CONTEXT_PARTS: readonly string[] = (
  'para71 para paragraph paragraph71 tunis agenda tunisagenda wsis cstd igf icann isoc itu unesco united nations ' +
  'unitednations enhanced cooperation enhancedcooperation secretariat reviewer auditor signatory report reporting annual'
).split(' ');
