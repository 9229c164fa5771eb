/** Rows of a raw statement: the embedded engine wraps them, PostgreSQL's driver does not. */
export const rowsOf = <T>(result: unknown): T[] =>
  (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as T[];
