/**
 * Drawing papers apart from the server: threads, seconds for one paper (two hundred slips take two), and papers that
 * wait for a thread; each holds a connection meanwhile.
 */
export const paperDrawing = { threads: 1, seconds: 60, waiting: 12 } as const
