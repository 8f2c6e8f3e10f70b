/**
 * Bytes of a body. `page`: of a route that is no endpoint. An endpoint's limit follows from the shape of its body: at
 * least `least`, with `room` beside it; more than `undeclared` it has to declare itself.
 */
export const bodyLimits = { page: 65_536, least: 8_192, room: 1_024, undeclared: 1_048_576 } as const

/** Fields beside a file: how many, and the bytes of each. */
export const uploadFields = { most: 20, bytes: 20_000 } as const

/**
 * How slowly a body may come: after the first seconds it has to have brought so many bytes a second on average. A body
 * that is answered while it comes waits for the answers too, and has its time as a whole.
 */
export const bodyPace = { graceSeconds: 20, bytesASecond: 4_096, streamSeconds: 12 * 3_600 } as const

/** Seconds for the head of a request, from the opening of its connection or the end of the request before it. */
export const headSeconds = 15

/** Seconds for a TLS handshake. */
export const handshakeSeconds = 10

/** Seconds after which a connection is closed on which nothing moves, in either direction. */
export const silentSeconds = 600

/**
 * Connections that are open at once, those of strangers at one address, and those of one who has signed in. A school or
 * an office has one address for all its devices; the addresses behind a proxy of the operator are not told apart here.
 */
export const connectionLimits = { most: 4_000, mostOfAddress: 500, mostOfCaller: 40 } as const

/** What a refusal tells of wrong input: how many fields, and the characters of each text. */
export const wrongFieldLimits = { most: 10, characters: 200 } as const

/**
 * Days that a certificate of our own and its authority live, how long before its end the next one is made, and when it
 * is taken. Apple refuses server certificates of more than 825 days, Chrome and Firefox those of public authorities of
 * more than 398.
 */
export const certificateDays = { lifetime: 397, makeNextBefore: 60, takeNextBefore: 7 } as const

/**
 * The years of days and instants that come in: all who live were born in them, and one can count on from any of them
 * without leaving the calendar.
 */
export const inputYears = { first: 1800, last: 2999 } as const

/** Hours for which the answer of a change is kept, for when it is sent again (`platform.drop_answers` says it, too). */
export const answersKeptHours = 24

/** Milliseconds from which on an answer is slow, where no setting says it. */
export const slowAfter = 1_000
