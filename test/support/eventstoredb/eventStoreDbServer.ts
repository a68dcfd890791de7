import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { appendCall } from './appendCall.ts';
import { batchAppendCall } from './batchAppendCall.ts';
import { Faults } from './faults.ts';
import { rpcError, type Node, type NodeSettings } from './node.ts';
import { readCall } from './readCall.ts';
import { ServerLog } from './serverLog.ts';

/*
 * A server of EventStoreDB's gRPC protocol, for tests: what @eventstore/db-client 6 asks of a server, over one log in
 * memory. Its decisions follow the source of EventStoreDB 24.10 (IndexWriter.CheckCommit, Streams.BatchAppend,
 * Enumerator.AllSubscriptionFiltered, AllReader, RpcExceptions).
 *
 * What servers of other versions do, told by the settings:
 * - `saysCaughtUp`: at the end of its catching up a subscription of 24.2 or later is sent its checkpoint as it stands,
 *   which is before the last events when the filter leaves those out, then that it has caught up. Before, no checkpoint
 *   is sent there; 23.10 does say that it has caught up, older ones don't. They also confirm a subscription before it
 *   is registered, and register it anew when its subscriber is slow: here that happens as in 24.10.
 * - `tellsPositions`: since 22.6 an event read from a stream tells its position; before, 2^64 - 1.
 * - `maxAppendEventSize`: since 24.10.
 *
 * What a real server does and this one doesn't:
 * - It keeps nothing: the log ends with the process. No disk, no chunks, no scavenging, no $maxAge, $maxCount or $tb.
 * - One user may do everything when `user` is told, otherwise everybody; `faults.denied` refuses everyone. No ACL.
 * - Its nodes share one log, so a follower never lags, no write waits for a quorum, nothing is truncated when the
 *   leader changes (a node that has lost the others is told to, by `faults.alone`), and a repetition is never held back until it is replicated. A follower without `requires-leader`
 *   acts as if it had forwarded the call.
 * - No delete, tombstone (but ServerLog.tombstone), soft delete, persistent subscriptions, projections, links
 *   (`resolveLinks` is ignored), users, operations, statistics, HTTP and its UI.
 * - No subscription to one stream, only to $all.
 * - No limit on one event beside that on an append; no check of the contents, the type or the id of an event.
 * - Positions are offsets as there, but of a log with another record format.
 * - `any` and `stream-exists` recognise repeated ids for ever (until `forgetIds`), there as long as 8 MiB of ids last.
 * - Regular expressions of filters are JavaScript's, there .NET's.
 */

export interface ServerOptions extends Partial<NodeSettings> {
  /** Nodes of the cluster; 1 by default. The first leads. */
  readonly nodes?: number;
  /** The server writes an event of its own after so many appends; 0 for never, 25 by default. */
  readonly systemEventEvery?: number;
  /** Port of the first node; free ones by default. */
  readonly port?: number;
  /** Key and certificate, as PEM: the nodes then speak TLS only. */
  readonly tls?: { readonly key: string; readonly certificate: string };
}

const HOST = '127.0.0.1';

/** Starts a cluster of one node or several on free ports of this machine, over one shared log. */
export async function startEventStoreDb(options: ServerOptions = {}): Promise<EventStoreDbCluster> {
  const cluster = new EventStoreDbCluster(options);
  await cluster.start(options.port ?? 0);
  return cluster;
}

export class EventStoreDbCluster {
  readonly log: ServerLog;
  readonly faults = new Faults();
  readonly nodes: readonly EventStoreDbNode[];
  readonly tls: ServerOptions['tls'];
  private leading = 0;

  /** Use startEventStoreDb. */
  constructor(options: ServerOptions) {
    this.log = new ServerLog({ systemEventEvery: options.systemEventEvery ?? 25 });
    const settings = {
      saysCaughtUp: options.saysCaughtUp ?? true,
      tellsPositions: options.tellsPositions ?? true,
      maxAppendSize: options.maxAppendSize ?? 1024 * 1024,
      maxAppendEventSize: options.maxAppendEventSize ?? Infinity,
      user: options.user,
    };
    this.tls = options.tls;
    this.nodes = Array.from(
      { length: options.nodes ?? 1 },
      () => new EventStoreDbNode(this, settings),
    );
  }

  /** Of all nodes, or of one node alone when there is one. */
  get connectionString(): string {
    const addresses = this.nodes.map(({ port }) => `${this.host}:${port}`);
    return `esdb://${addresses.join(',')}?tls=${Boolean(this.tls)}`;
  }

  /** What the nodes call themselves: TLS wants a name. */
  get host(): string {
    return this.tls ? 'localhost' : HOST;
  }

  get leader(): EventStoreDbNode {
    const node = this.nodes[this.leading];
    if (!node) throw new RangeError('a cluster has at least one node');
    return node;
  }

  /** From now on another node leads. */
  elect(index: number): void {
    this.leading = index;
  }

  async start(port: number): Promise<void> {
    await Promise.all(this.nodes.map((node, index) => node.listen(index === 0 ? port : 0)));
  }

  dropConnections(): void {
    for (const node of this.nodes) node.dropConnections();
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}

export class EventStoreDbNode implements Node {
  port = 0;
  private readonly server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  private readonly sockets = new Set<Socket>();
  private readonly tcp: TcpServer;
  private readonly instance = randomUUID();
  private ownFaults: Faults | undefined;

  constructor(
    private readonly cluster: EventStoreDbCluster,
    readonly settings: NodeSettings,
  ) {
    this.server.addService(streamsService.StreamsService, {
      append: appendCall(this),
      batchAppend: batchAppendCall(this),
      read: readCall(this),
      delete: (_call: unknown, answer: (error: Error) => void) => answer(unimplemented()),
      tombstone: (_call: unknown, answer: (error: Error) => void) => answer(unimplemented()),
    });
    this.server.addService(gossipService.GossipService, {
      read: (_call: unknown, answer: (error: null, info: ClusterInfo) => void) =>
        answer(null, this.gossip()),
    });
    this.server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: (error: null, methods: Methods) => void) => {
        if (!this.faults.hanging) answer(null, supportedMethods());
      },
    });
    const injector = this.server.createConnectionInjector(credentialsOf(cluster.tls));
    // The connections are held here, so that they can be broken.
    this.tcp = createServer((socket) => {
      socket.setNoDelay(true);
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
      injector.injectConnection(socket);
    });
  }

  get log(): ServerLog {
    return this.cluster.log;
  }

  /** Those of the cluster, unless the node has its own. */
  get faults(): Faults {
    return this.ownFaults ?? this.cluster.faults;
  }

  /** What goes wrong with this node alone: the cluster's faults don't touch, and don't count, calls made from now on. */
  apart(): Faults {
    this.ownFaults ??= new Faults();
    return this.ownFaults;
  }

  get listening(): boolean {
    return this.tcp.listening;
  }

  /** Of this node alone. */
  get connectionString(): string {
    return `esdb://${this.cluster.host}:${this.port}?tls=${Boolean(this.cluster.tls)}`;
  }

  leaderElsewhere(): { readonly host: string; readonly port: number } | undefined {
    const { leader } = this.cluster;
    return leader === this ? undefined : { host: this.cluster.host, port: leader.port };
  }

  async listen(port: number): Promise<void> {
    this.tcp.listen(port, HOST);
    await once(this.tcp, 'listening');
    const address = this.tcp.address() as AddressInfo;
    this.port = address.port;
  }

  readonly dropConnections = (): void => {
    for (const socket of this.sockets) socket.destroy();
  };

  /** Stops listening and breaks every connection; the log stays. */
  async goAway(): Promise<void> {
    const closed = once(this.tcp, 'close');
    this.tcp.close();
    this.dropConnections();
    await closed;
  }

  /** Listens again where it did. */
  async comeBack(): Promise<void> {
    await this.listen(this.port);
  }

  async stop(): Promise<void> {
    if (this.listening) await this.goAway();
    this.server.forceShutdown();
  }

  private gossip(): ClusterInfo {
    const info = new gossip.ClusterInfo();
    for (const node of this.cluster.nodes) {
      const member = new gossip.MemberInfo();
      const id = new shared.UUID();
      id.setString(node.instance);
      member.setInstanceId(id);
      member.setTimeStamp(`${Date.now()}0000`);
      const { LEADER, FOLLOWER, UNKNOWN } = gossip.MemberInfo.VNodeState;
      const state = node === this.cluster.leader ? LEADER : FOLLOWER;
      const lost = (node.faults.alone ?? this.faults.alone) !== undefined;
      member.setState(lost ? UNKNOWN : state);
      member.setIsAlive(node.listening && (node === this || !lost));
      const endPoint = new gossip.EndPoint();
      endPoint.setAddress(this.cluster.host);
      endPoint.setPort(node.port);
      member.setHttpEndPoint(endPoint);
      info.addMembers(member);
    }
    return info;
  }
}

type ClusterInfo = InstanceType<typeof gossip.ClusterInfo>;
type Methods = InstanceType<typeof features.SupportedMethods>;

const credentialsOf = (tls: ServerOptions['tls']): ServerCredentials =>
  tls
    ? ServerCredentials.createSsl(null, [
        { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) },
      ])
    : ServerCredentials.createInsecure();

const unimplemented = (): Error => rpcError(status.UNIMPLEMENTED, 'not in this server for tests');

function supportedMethods(): Methods {
  const methods = new features.SupportedMethods();
  methods.setEventStoreServerVersion('24.10.0');
  for (const name of ['append', 'batchappend', 'read']) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    method.setFeaturesList(name === 'read' ? ['position', 'events'] : []);
    methods.addMethods(method);
  }
  return methods;
}
