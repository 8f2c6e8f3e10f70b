/** Apart from cli-start.ts, which loads the server and the builder of pages: other commands start without them. */
export const startOptions = {
  port: 'string',
  host: 'string',
  origin: 'string',
  tls: 'boolean',
  people: 'string',
  'no-demo': 'boolean',
} as const
