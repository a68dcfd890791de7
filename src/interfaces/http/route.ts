import type { CommandOptions, StaleRevision } from '../../application/commandHandler.ts';
import type { Action } from '../../application/principal.ts';
import type { Request } from '../../application/request.ts';
import type { Services } from '../../application/services.ts';
import type { Rejection } from '../../domain/kernel/rejection.ts';
import type { RejectionCode } from '../rejections.ts';
import type { Dto } from './dto/parse.ts';
import type { PathOf } from './pathParameters.ts';
import type { Refusal } from './refusal.ts';
import type { Reply, TextReply } from './replies.ts';
import type { SchemaName } from './views/schemas.ts';

export const tags = {
  Familles: 'Dossiers des familles et de leurs enfants.',
  Activités: 'Ce que la commune propose, et ses règles.',
  Réservations: 'L’agenda d’une famille, ses envois et leurs accusés de réception.',
  Séances: 'Une activité, un jour : places, décisions, fermeture.',
  Exploitation: 'État du portail et de ses lectures.',
} as const;
export type Tag = keyof typeof tags;

/** What a route reads and writes, told once: Express registers it, OpenAPI documents it. */
interface Described {
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** Refusals of this route, beyond those that its shape implies. */
  readonly refusals: readonly RejectionCode[];
}

/** Anybody may ask. */
export interface PublicRoute extends Described {
  readonly access: 'public';
  readonly method: 'get';
  readonly answer: {
    readonly status: 200;
    readonly description: string;
    readonly schema?: SchemaName;
    /** Media type, where it isn't JSON of a schema. */
    readonly type?: string;
  };
  handle(about: About): Promise<Reply | TextReply | Refusal>;
}

/** What public routes tell of. */
export interface About {
  readonly services: Services;
  /** The OpenAPI document, as JSON. */
  readonly document: () => string;
  /** The page that shows it, as HTML. */
  readonly page: () => string;
  /** Events that a read model may be late, before the portal is no longer ready. */
  readonly maxLag: bigint;
}

/** What a signed-in person asks: every part of it was checked. */
export interface Call<Path extends string, Body, Query> {
  readonly services: Services;
  readonly request: Request;
  readonly path: PathOf<Path>;
  readonly query: Query;
  readonly body: Body;
  /** The revision that `If-Match` named. */
  readonly options: CommandOptions;
}

export interface SignedRoute<
  Path extends string = string,
  Body extends object | undefined = object | undefined,
  Query extends object | undefined = object | undefined,
> extends Described {
  /** Who may: a row of the principal table, or anybody who signed in. */
  readonly access: Action | 'signedIn';
  readonly method: 'get' | 'post';
  readonly path: Path & `/${string}`;
  readonly body?: Dto<Body & object>;
  readonly query?: Dto<Query & object>;
  /** `If-Match` is read, or even wanted. */
  readonly ifMatch?: 'optional' | 'required';
  readonly answer: {
    readonly status: 200 | 201 | 202;
    readonly description: string;
    readonly schema: SchemaName;
    /** The answer carries the revision of the aggregate. */
    readonly etag?: boolean;
    readonly location?: boolean;
  };
  handle(call: Call<Path, Body, Query>): Promise<Reply | Rejection | Refusal | StaleRevision>;
}

export type Route = PublicRoute | SignedRoute;

/** Ties the types of a route's path, body and parameters to its handler. */
export const route = <
  Path extends string,
  Body extends object | undefined = undefined,
  Query extends object | undefined = undefined,
>(
  described: SignedRoute<Path, Body, Query>,
): SignedRoute => described;
