import { newId } from './ids.ts';

/**
 * Something that should not happen. Operators read the message, people get a sentence with the reference, which is in
 * the log as well. An expected "no" is never a Fault: it is a refused Decision.
 */
export class Fault extends Error {
  readonly reference: string;
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.reference = newReference();
  }
}

/** Eight characters that can be read over the phone. */
export const newReference = (): string => newId().replaceAll('-', '').slice(-8).toUpperCase();
