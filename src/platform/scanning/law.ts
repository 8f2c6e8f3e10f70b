/** Seconds within which the scanner must have answered, and bytes of a piece and of an answer. */
export const scannerLimits = { answerSeconds: 60, pieceBytes: 65_536, answerBytes: 4_096 } as const
