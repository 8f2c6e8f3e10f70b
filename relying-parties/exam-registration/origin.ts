export const isLoopback = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/**
 * A path of this site that may be gone back to; anything that a browser could read as another host's is the first page.
 */
export const ownPath = (path: unknown) =>
  typeof path === 'string' && /^\/(?![/\\])[\w\-/?=&.%]*$/.test(path) ? path : '/'
