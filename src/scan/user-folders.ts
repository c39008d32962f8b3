import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/** The user's folder for what can be made again, by the platform's convention. */
export function cacheFolder(platform: string = process.platform, variables: Variables = process.env): string {
  const own = absolute(variables['XDG_CACHE_HOME'])
  if (own !== undefined) return join(own, 'assay')
  if (platform === 'win32') return join(absolute(variables['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local'), 'assay', 'cache')
  return platform === 'darwin' ? join(homedir(), 'Library', 'Caches', 'assay') : join(homedir(), '.cache', 'assay')
}

/** The user's folder for data given to Assay, by the platform's convention. */
export function dataFolder(platform: string = process.platform, variables: Variables = process.env): string {
  const own = absolute(variables['XDG_DATA_HOME'])
  if (own !== undefined) return join(own, 'assay')
  if (platform === 'win32') return join(absolute(variables['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local'), 'assay', 'data')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'assay')
  return join(homedir(), '.local', 'share', 'assay')
}

/** A relative folder would lie in whatever project is reviewed; the convention says to ignore it. */
function absolute(folder: string | undefined): string | undefined {
  return folder !== undefined && isAbsolute(folder) ? folder : undefined
}
