// What a build needs beyond the compiler: the grammars beside the compiled
// code, and Assay's own rules and models in a form that is read at once.
await import('./copy-grammars.mjs')
await import('./prepare-knowledge.mjs')
