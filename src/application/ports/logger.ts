type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log lines. Fields are codes, ids, counts and durations: never a name, an address or a free text. */
export interface Logger {
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}
