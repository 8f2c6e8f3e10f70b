/*
 * The numbers of the table of limits (limits.ts). Plain numbers: no row of law.csv changes them. How many tries a
 * password or a code has is a rule of whoever asks for it.
 */

/** Connections to the database that requests share, and those left to jobs and commands of the house itself. */
export const databaseTurns = { ofRequests: 24, ofHouse: 4 } as const

/**
 * The lanes of the database, by their names in limits.ts. `share`: turns that nobody else takes; `most`: with what
 * others leave; `ofOne`: turns that one who is counted holds at once; `line`: how many wait before whoever has most
 * waiting is refused; `ofSubject`: turns that requests of one subject hold at once, so that a table that somebody keeps
 * locked keeps its own pages waiting and no others. The shares together leave four turns for whoever needs more.
 */
export const laneTurns = {
  officers: { share: 4, most: 8, ofOne: 3, ofSubject: 5, line: 1_000 },
  'officers-sign-in': { share: 1, most: 3, ofOne: 2, line: 1_000 },
  citizens: { share: 2, most: 6, ofOne: 2, line: 1_000 },
  'citizens-sign-in': { share: 2, most: 5, ofOne: 4, line: 1_000 },
  activation: { share: 1, most: 2, ofOne: 2, line: 300 },
  provider: { share: 4, most: 7, ofOne: 7, line: 1_000 },
  parties: { share: 2, most: 6, ofOne: 4, line: 1_000 },
  sandbox: { share: 1, most: 1, ofOne: 1, line: 300 },
  stations: { share: 1, most: 4, ofOne: 3, line: 300 },
  arrivals: { share: 1, most: 3, ofOne: 2, line: 1_000 },
  open: { share: 1, most: 2, ofOne: 1, line: 300 },
  health: { share: 1, most: 1, ofOne: 1, line: 50 },
} as const

/**
 * Seconds for which a work may keep the database, by what it belongs to (limits/time-limits.ts): one statement, the
 * wait for what another work holds, and a transaction in which nothing is asked. 0: without end, for an operator who
 * looks on.
 */
export const timeLimits = {
  request: { statement: 60, lock: 10, idle: 60 },
  job: { statement: 1_800, lock: 60, idle: 600 },
  command: { statement: 0, lock: 300, idle: 0 },
} as const

/** Seconds that a request waits for a turn before it is told that the installation is busy. */
export const longestWaitSeconds = 15

/**
 * Hashes of passwords and passcodes that are computed at once, so that sign-ins at eight o'clock queue on a small
 * server; how many of a lane wait for it, and for how many seconds.
 */
export const hashTurns = { atOnce: 2, line: 300, lineOfCitizens: 300, waitSeconds: 60 } as const

/** Requests a minute, by their names in limits.ts; an operator may set others (own-rates.ts). */
export const requestsAMinute = {
  /** One page of a site has dozens of files and questions; a commune's office has one address. */
  general: 1_200,
  /** Strangers of one address together: an office that signs in, a school whose classes look. */
  'general-of-network': 3_000,
  /** Two hundred officers of one address sign in at half past seven, each by a password, a factor, and some again. */
  'officers-sign-in': 1_200,
  'citizens-sign-in': 300,
  'own-pages': 240,
  /** A class activates together. */
  activation: 300,
  /** A mobile network gives many people one address. */
  'level-one': 30,
  'developers-forms': 60,
  receipts: 60,
  /** The teachers of a school share one address; who has given the PIN is counted by the link. */
  'access-links': 240,
  /** Programs of many offices share one address; the quota refuses those that ask too often. */
  provider: 60_000,
  'parties-software': 120_000,
  /** Fifty stations of a province may share one address. */
  stations: 12_000,
  /** A gateway says of each text what became of it, from a few addresses; some let many texts share a request. */
  gateways: 12_000,
} as const

/** What an operator may set such a number to: too few and nobody gets in, too many and it is none. */
export const ownRates = { least: 10, most: 1_000_000 } as const

/**
 * Wrong passwords of officers a minute from browsers of one address in which nobody has signed in before: an office
 * that signs in mistypes less, and whoever tries one password on all logins gets no further.
 */
export const wrongPasswordsAMinute = 60

/** Requests under way at once: of a sandbox client, which anybody makes, and at the provider's doors. */
export const placesOf = {
  'sandbox-checks': 64,
  'sandbox-streams': 2,
  'provider-requests': 512,
} as const

/**
 * What several processes that serve one installation tell each other of what they count a minute: `from`, the part of a
 * limit from which on others are told of somebody; `everySeconds`; how often each says that it lives, and after which
 * silence it is taken for dead, in seconds; `most`: whom a process keeps in mind at once.
 */
export const sharedCounts = {
  from: 0.1,
  everySeconds: 1,
  aliveEverySeconds: 5,
  silentSeconds: 15,
  most: 100_000,
} as const

/** Files that are being taken in at once, of one officer and of all: each stands on the disk while it is read. */
export const uploadPlaces = { ofOne: 4, all: 40 } as const

/** Seconds after which somebody who was refused may come again, where no count says it better. */
export const retrySeconds = { requests: 60, places: 5, turns: 2, busy: 30 } as const

/** Callers whose session or token was found valid: how many are kept in mind, and for how many minutes. */
export const knownCallers = { most: 20_000, minutes: 15 } as const
