// One page with all pictures of the walk beside each other.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const escaped = text => text.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`)

export function album(folder, examples) {
  const picture = (name, width, scheme) => {
    if (!existsSync(join(folder, `${name}-${width}-${scheme}.png`))) return '<td>'
    const file = encodeURI(`${name}-${width}-${scheme}.png`)
    return `<td><a href="${file}"><img loading="lazy" src="${file}" alt="${name}, ${width} px, ${scheme}"></a>`
  }
  const rows = examples.map(({ name, path }) => `<tr id="${name}"><th>${name}<br><small>${escaped(path.slice(0, 40))}</small>` +
    [390, 1280].flatMap(width => ['light', 'dark'].map(scheme => picture(name, width, scheme))).join(''))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>All pages</title>
<style>body{font:15px sans-serif}td,th{vertical-align:top;text-align:left;padding:8px;border-top:1px solid #999}img{width:100%;max-height:80vh;object-fit:cover;object-position:top;border:1px solid #999}td:nth-of-type(-n+2){width:15%}td{width:30%}table{table-layout:fixed;width:100%}</style>
<table><tr><th style="width:9%">Page<th>390 light<th>390 dark<th>1280 light<th>1280 dark
${rows.join('\n')}
</table>
`)
}
