/** The gateway over HTTP to which tests and measurements send: how it is described, and its secrets. */

export const sinkSecrets = { sign: 'the secret of a sink' }

const signature = {
  over: '{{body}}',
  key: '{{secret.sign}}',
  algorithm: 'sha256',
  encoding: 'hex',
  header: 'x-sign',
} as const

/** Its form, as an operator writes one. */
export const sinkForm = (url: string, window: number) => ({
  name: 'sink',
  source: 'test/smsc/sink.test-process.ts',
  window,
  send: {
    method: 'POST',
    url: `${url}/send`,
    headers: {},
    json: { phone: '{{to.national}}', text: '{{text}}', ref: '{{id}}' },
    signature,
  },
  answer: { taken: { at: 'code', is: ['0'] }, messageId: 'id', refused: { at: 'code', is: ['105'] } },
  receipt: {
    messageId: 'id',
    delivered: { at: 'status', is: ['5'] },
    failed: { at: 'status', is: ['6'] },
    signature,
  },
})
