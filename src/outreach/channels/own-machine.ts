/** Whether a host is this machine: what goes there needs no encryption, since it leaves for nowhere. */
export const isOwnMachine = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host)
