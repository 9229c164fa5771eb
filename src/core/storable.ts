/** As a database can keep it: PostgreSQL refuses U+0000 and halves of surrogate pairs. Everything else stays as it was written. */
export const storable = (text: string): string => Buffer.from(text.replaceAll('\u0000', ''), 'utf8').toString('utf8');
