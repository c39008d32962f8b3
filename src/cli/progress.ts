import type { Progress } from '../index.ts'

/** Shows how far a review is. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void
  /** Removes the line. */
  readonly end: () => void
}

const STAGES: Readonly<Record<Progress['stage'], string>> = {
  discovering: 'finding files', reading: 'reading', linking: 'linking the program', judging: 'following data',
  writing: 'writing the review',
}

/** Shortest time between two changes of the line, in milliseconds. Nothing but the display depends on it. */
const PAUSE = 80

const CLEAR = '\r\u001b[K'

/** A line on the terminal's standard error; nothing elsewhere, and nothing in continuous integration. */
export function progressLine(isQuiet: boolean): ProgressLine {
  const { stderr } = process
  if (isQuiet || !stderr.isTTY || (process.env['CI'] ?? '') !== '') return { show: () => undefined, end: () => undefined }
  let shownAt = 0
  let stage = ''
  const show = (progress: Progress): void => {
    const now = performance.now()
    if (progress.stage === stage && now - shownAt < PAUSE) return
    shownAt = now
    stage = progress.stage
    const count = progress.total === 0 ? '' : ` ${progress.done} of ${progress.total} files`
    stderr.write(`${CLEAR}assay: ${STAGES[progress.stage]}${count}`)
  }
  return { show, end: () => stderr.write(CLEAR) }
}
