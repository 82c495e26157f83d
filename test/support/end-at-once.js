// For the workers of jest. Of one that is through, Node would take down piece by piece what its suites have loaded: of a gigabyte
// that lasts longer than the half second after which jest tells it as a leak. What a suite has left open keeps it all the same.
process.once('beforeExit', () => process.exit());
