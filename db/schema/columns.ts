import { timestamp } from 'drizzle-orm/pg-core';

/** An instant, always with its time zone; millisecond precision is what JavaScript can hold and what hashes cover. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
