/**
 * Days that a certificate of our own and its authority live, how long before its end the next one is made, and when it
 * is taken. Apple refuses server certificates of more than 825 days, Chrome and Firefox those of public authorities of
 * more than 398.
 */
export const certificateDays = { lifetime: 397, makeNextBefore: 60, takeNextBefore: 7 } as const
