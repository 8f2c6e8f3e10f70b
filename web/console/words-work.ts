export const workWords = {} as const
