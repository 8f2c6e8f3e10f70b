import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../../src/platform/root.ts'
import { announced, ended, environment, freePort } from '../../test/house-to-copy.ts'
import { type Balancer, openBalancer } from './balancer.ts'
import { openProxy, type ProxyName } from './proxies.ts'

/** Several servers of one installation behind a balancer, each a process that can be killed or told to end. */
export type ServedTogether = {
  readonly origin: string
  readonly folder: string
  /** Of each server, past the balancer. */
  readonly origins: readonly string[]
  readonly balancer: Balancer
  /** Kills a server without warning. */
  kill(at: number): Promise<void>
  /** Starts a server that was killed; resolves once it serves. */
  start(at: number): Promise<void>
  /** Tells a server to end, as a service manager does, waits for it, and starts it again. */
  restart(at: number): Promise<void>
  stop(): Promise<void>
}

/** Starts `servers` processes on a folder, one after another. `more`: of their environment. `proxy`: before them. */
export async function servedTogether(
  folder: string,
  servers: number,
  more: Readonly<Record<string, string>> = {},
  proxy?: ProxyName,
): Promise<ServedTogether> {
  const front = await freePort()
  const ports = [...(await Promise.all(Array.from({ length: servers }, () => freePort())))]
  const origin = `http://localhost:${front}`
  const children: ChildProcess[] = []
  const start = async (at: number) => {
    const env = {
      ...environment(),
      DINHDANH_ORIGIN: origin,
      DINHDANH_TRUST_PROXY: '127.0.0.1',
      DINHDANH_DRAIN_SECONDS: '3',
      ...more,
    }
    // Not by the command, which has the server as its child: that one is to be killed.
    const cli = ['--disable-warning=ExperimentalWarning', fileURLToPath(fromRoot('src/cli/cli.ts'))]
    const args = [...cli, 'start', '--data', folder, '--port', String(ports[at])]
    const child = spawn(process.execPath, args, { env })
    children[at] = child
    await announced(child)
  }
  const cut = () => children.forEach(child => void child.kill('SIGKILL'))
  process.on('exit', cut)
  for (const at of ports.keys()) await start(at)
  const balancer = proxy ? await openProxy(proxy, ports, front) : await openBalancer(ports, front)
  const end = async (at: number, signal: NodeJS.Signals) => {
    const child = children[at] as ChildProcess
    const over = ended(child)
    child.kill(signal)
    await over
  }
  return {
    origin,
    folder,
    origins: ports.map(port => `http://127.0.0.1:${port}`),
    balancer,
    kill: at => end(at, 'SIGKILL'),
    start,
    async restart(at) {
      await end(at, 'SIGTERM')
      await start(at)
    },
    async stop() {
      await balancer.close()
      for (const at of children.keys()) await end(at, 'SIGTERM')
      process.off('exit', cut)
    },
  }
}
