import type { JsonSchema } from '../dto/rules.ts';
import { activitySchemas } from './activityViews.ts';
import { agendaSchemas } from './agendaViews.ts';
import { dossierSchemas } from './dossierViews.ts';
import { operationSchemas } from './operationViews.ts';
import { receiptSchemas } from './receiptViews.ts';
import { sessionSchemas } from './sessionViews.ts';

const named = {
  ...activitySchemas,
  ...agendaSchemas,
  ...dossierSchemas,
  ...operationSchemas,
  ...receiptSchemas,
  ...sessionSchemas,
};

/** A schema of what the API answers with. */
export type SchemaName = keyof typeof named;

/** What the API answers with, by name. */
export const answerSchemas: Readonly<Record<string, JsonSchema>> = named;
