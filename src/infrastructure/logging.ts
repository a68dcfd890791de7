import { pino } from 'pino';
import type { Logger } from '../application/ports/logger.ts';
import type { LogLevel } from './config/configuration.ts';

/** JSON lines on standard output. Callers give codes, ids, counts and durations only. */
export const createLogger = (level: LogLevel): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
