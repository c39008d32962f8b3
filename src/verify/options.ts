/** What is to be verified, and against what. */
export interface VerifyOptions {
  /** The review's bytes. */
  readonly review: Uint8Array
  /** Its name for the report; `-` for standard input. */
  readonly reviewName: string
  /** A folder or repository. */
  readonly against: string
  /** A revision of the repository; left out: the one the review names if it is there, else the files on disk. */
  readonly revision?: string
  /**
   * The file the review is about, relative to the root; it also stands for text that was never committed when on disk
   * outside.
   */
  readonly file?: string
  /** Name of a reader; left out: told by content. */
  readonly reviewFormat?: string
  /** Whether earlier versions of files are searched; default true in a repository. */
  readonly history?: boolean
  /** Whether Assay reviews the cited files itself; default true. */
  readonly engine?: boolean
  /** Where Assay keeps what it knows of the code, instead of the user's cache folder. */
  readonly cacheFolder?: string
}
