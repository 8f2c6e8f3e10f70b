// Loaded before a command: at its end it adds the modules that were loaded to the file that MODULES_TO names.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const loaded = []
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) loaded.push(url)
    return next(url, context)
  },
})
process.on('exit', () => appendFileSync(process.env['MODULES_TO'] ?? '/dev/null', `${loaded.join('\n')}\n`))
