/** For tests of a library alone: who may give or ask what is said by the libraries that stand on it. */
export const everythingAdmitted = { publish: () => undefined };
