import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import { isInRoomOf, roomHere } from '../crises/here.ts';
import { noWords, refusedText } from '../crises/refusals.ts';
import type { Message } from '../slack/blocks.ts';
import type { Call } from '../slack/feature.ts';

export { crisisMeant, crisisNamed, readerOf } from '../crises/here.ts';
export { isInRoomOf };

/** Whether the caller is in the room of a crisis of which only the id is known. */
export const isHere = async (call: Call, crisisId: string): Promise<boolean> => (await roomHere(call))?.id === crisisId;

/** A field of a form, or nothing. */
export const given = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');

/** What was typed, given back, when the field that it belongs into cannot hold it. */
export const tooLongToType = (typed: string, max: number, language: Language): Message | null =>
  typed.length > max ? refusedText(noWords(language).tooLong(typed.length, max), typed, language) : null;
