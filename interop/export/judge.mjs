// Reads the files that are named: Mermaid's own parser judges .mmd, the schema of HAR 1.2 judges .har.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('')
globalThis.window = window
globalThis.document = window.document
globalThis.Element = window.Element
const { default: mermaid } = await import('mermaid')
const har = createRequire(import.meta.url)('har-validator/lib/promise.js')

let wrong = 0
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8')
  try {
    if (file.endsWith('.har')) {
      await har.har(JSON.parse(text))
    } else {
      const { diagramType } = await mermaid.parse(text)
      const want = file.endsWith('house.mmd') ? 'flowchart-v2' : 'sequence'
      if (diagramType !== want) throw new Error(`it is a ${diagramType}`)
    }
  } catch (error) {
    wrong++
    console.log(`${file}: ${error.message} ${JSON.stringify(error.errors ?? '')}`)
  }
}
console.log(`${process.argv.length - 2} files judged, ${wrong} wrong`)
process.exit(wrong ? 1 : 0)
