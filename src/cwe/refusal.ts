/**
 * A CWE release or stored catalogue that is not accepted. The message says what
 * is wrong with it; whoever knows the file's name turns this into a `UsageError`.
 */
export class Refusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Refusal'
  }
}
