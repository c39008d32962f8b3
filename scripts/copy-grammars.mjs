// Copies the parser runtime and each language's grammar (named by its
// grammar.json) beside the compiled code, so that the published package has no
// native dependency and no install script.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

const target = join('dist', 'grammars')
rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const runtime = join('node_modules', '@vscode', 'tree-sitter-wasm', 'wasm')
copyFileSync(join(runtime, 'tree-sitter.js'), join(target, 'tree-sitter.cjs'))
copyFileSync(join(runtime, 'tree-sitter.wasm'), join(target, 'tree-sitter.wasm'))
for (const language of readdirSync(join('src', 'languages'))) {
  const manifest = join('src', 'languages', language, 'grammar.json')
  if (!existsSync(manifest)) continue
  for (const { file } of JSON.parse(readFileSync(manifest, 'utf8')).grammars) {
    copyFileSync(join('node_modules', ...file.split('/')), join(target, basename(file)))
  }
}
