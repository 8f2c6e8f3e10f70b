import { type Html, html } from '../../platform/pages/html.ts'

/**
 * Renders our own guides: headings, paragraphs, lists, code blocks, and within a line `code`, **bold** and local links.
 * No other markup.
 */

const inlineMark = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^[\]]+)\]\(([/#][^()[\]\s]*)\)/g

function renderLine(text: string): Html[] {
  const pieces: Html[] = []
  let at = 0
  for (const found of text.matchAll(inlineMark)) {
    const [whole, code, bold, label, to] = found
    pieces.push(html`${text.slice(at, found.index)}`)
    if (code !== undefined) pieces.push(html`<code>${code}</code>`)
    else if (bold !== undefined) pieces.push(html`<strong>${bold}</strong>`)
    else if (label !== undefined && to !== undefined) pieces.push(html`<a href="${to}">${label}</a>`)
    at = found.index + whole.length
  }
  return [...pieces, html`${text.slice(at)}`]
}

const listMark = /^(?:- |\d+\. )/

function renderBlock(lines: readonly string[]): Html {
  const [first = ''] = lines
  const heading = /^(#{1,3}) (.*)$/.exec(first)
  // The page has its own first heading.
  if (heading?.[1] === '##') return html`<h2>${renderLine(heading[2] ?? '')}</h2>`
  if (heading?.[1] === '###') return html`<h3>${renderLine(heading[2] ?? '')}</h3>`
  if (!listMark.test(first)) return html`<p>${renderLine(lines.join(' '))}</p>`
  const items: string[] = []
  for (const text of lines) {
    if (listMark.test(text)) items.push(text.replace(listMark, ''))
    else items.push(`${items.pop() ?? ''} ${text.trim()}`)
  }
  const written = items.map(item => html`<li>${renderLine(item)}</li>`)
  return first.startsWith('- ') ? html`<ul>${written}</ul>` : html`<ol>${written}</ol>`
}

/** A guide's title and its body; `values` fill `{origin}` and the like. */
export function renderGuide(
  source: string,
  values: Readonly<Record<string, string>>,
): { readonly title: string; readonly body: Html } {
  const text = source.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  // Every second piece is between fences.
  const pieces = text.split(/^```\w*\n|^```$/m)
  const body = pieces.flatMap((piece, at) => {
    // A focusable block scrolls by keyboard too.
    if (at % 2) return [html`<pre tabindex="0">${piece.replace(/\n$/, '')}</pre>`]
    return piece
      .split(/\n{2,}/)
      .map(one => one.trim())
      .filter(one => one !== '' && !one.startsWith('# '))
      .map(one => renderBlock(one.split('\n')))
  })
  return { title: /^# (.*)$/m.exec(text)?.[1] ?? '', body: html`${body}` }
}
