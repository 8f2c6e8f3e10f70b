import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { fromRoot } from '../../src/platform/root.ts'
import { ended } from '../../test/house-to-copy.ts'
import type { Balancer } from './balancer.ts'

/**
 * nginx and Caddy before several servers, by the files that are shipped (docs/operations/reverse-proxy), without TLS:
 * names, ports, certificates and the places of logs are replaced, nothing else.
 */

const shipped = (file: string) => readFile(fromRoot(`docs/operations/reverse-proxy/${file}`), 'utf8')

/** Throws where the shipped file has no such part any more. */
function replace(text: string, ...parts: readonly (readonly [RegExp, string])[]): string {
  return parts.reduce((left, [part, by]) => {
    if (!part.test(left)) throw new Error(`the shipped file has no ${part}`)
    return left.replace(part, by)
  }, text)
}

type Proxy = { readonly command: string; readonly args: readonly string[]; readonly environment?: NodeJS.ProcessEnv }

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

async function nginx(folder: string, ports: readonly number[], port: number): Promise<Proxy> {
  const servers = ports.map(one => `server 127.0.0.1:${one} max_fails=1 fail_timeout=2s;`).join('\n  ')
  const site = replace(
    await shipped('nginx.conf'),
    [/server 127\.0\.0\.1:8080 max_fails=1 fail_timeout=2s;/, servers],
    [/server \{\n {2}listen 80;[^}]*\}\n/, ''],
    [/listen 443 ssl http2;/, `listen 127.0.0.1:${port};`],
    [/server_name [^;]*;/, 'server_name localhost;'],
    [/ {2}ssl_certificate [\s\S]*ssl_session_cache [^;]*;\n/, ''],
    // The origin of the installation has the port, as a browser sends it.
    [/proxy_set_header Host \$host;/, 'proxy_set_header Host $http_host;'],
    [/proxy_set_header X-Forwarded-Host \$host;/, 'proxy_set_header X-Forwarded-Host $http_host;'],
  )
  const http = replace(await shipped('nginx-http.conf'), [
    /\/var\/log\/nginx\/dinhdanh\.log/,
    join(folder, 'access.log'),
  ])
  const file = join(folder, 'nginx.conf')
  await writeFile(
    file,
    `${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${join(folder, 'pid')};
error_log ${join(folder, 'error.log')};
events { worker_connections 4096; }
http {
${temporary.map(kind => `${kind}_temp_path ${join(folder, kind)};`).join('\n')}
${http}
${site}
}
`,
  )
  return { command: 'nginx', args: ['-p', folder, '-c', file, '-g', 'daemon off;'] }
}

async function caddy(folder: string, ports: readonly number[], port: number): Promise<Proxy> {
  const text = replace(
    await shipped('Caddyfile'),
    [/^\{\n/m, '{\n\tadmin off\n\tauto_https off\n'],
    [/^dinhdanh\.example\.vn \{/m, `http://localhost:${port} {`],
    [/reverse_proxy 127\.0\.0\.1:8080 \{/, `reverse_proxy ${ports.map(one => `127.0.0.1:${one}`).join(' ')} {`],
  )
  const file = join(folder, 'Caddyfile')
  await writeFile(file, text)
  return {
    ...{ command: 'caddy', args: ['run', '--config', file, '--adapter', 'caddyfile'] },
    environment: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  }
}

const proxies = { nginx, caddy }
export type ProxyName = keyof typeof proxies
export const isProxyName = (name: string): name is ProxyName => Object.hasOwn(proxies, name)

/** Whether the machine has it. */
export const isInstalled = (name: ProxyName): Promise<boolean> =>
  promisify(execFile)(name, [name === 'nginx' ? '-v' : 'version']).then(
    () => true,
    () => false,
  )

/** Starts one before servers on these ports; resolves once it answers. */
export async function openProxy(name: ProxyName, ports: readonly number[], port: number): Promise<Balancer> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-proxy-'))
  const { command, args, environment } = await proxies[name](folder, ports, port)
  const child = spawn(command, args, { ...(environment && { env: environment }), stdio: ['ignore', 'ignore', 'pipe'] })
  let printed = ''
  child.stderr.on('data', piece => {
    printed = (printed + String(piece)).slice(-4000)
  })
  const cut = () => void child.kill('SIGKILL')
  process.on('exit', cut)
  const origin = `http://localhost:${port}`
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${origin}/health/live`).catch(() => undefined)
    if (answer?.ok) break
    if (tries > 50 || child.exitCode !== null) throw new Error(`${name} does not answer: ${printed}`)
    await setTimeout(100)
  }
  return {
    origin,
    async close() {
      const over = ended(child)
      child.kill('SIGTERM')
      await over
      process.off('exit', cut)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
