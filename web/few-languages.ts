import type { Plugin } from 'vite'

const language = /\/[a-z]{2}-[A-Z]{2}\.mjs$/

/**
 * react-aria says a few words of its own to readers of the screen, in thirty-four languages, none of them Vietnamese:
 * whoever reads ours heard the English ones. Only those come.
 */
export const fewLanguages = (): Plugin => ({
  name: 'few-languages',
  enforce: 'pre',
  resolveId(source, importer = '') {
    if (!language.test(source) || !/\/react-(?:aria|stately)/.test(importer)) return null
    return this.resolve(source.replace(language, '/en-US.mjs'), importer, { skipSelf: true })
  },
})
