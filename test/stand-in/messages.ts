import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import { type Metadata, Metadata as Trailers, type ServiceError, status as codes } from '@grpc/grpc-js';
import type { Asked, Entry, Proposed, Refusal } from './stand-in-log.js';
import { MAX_APPEND } from './stand-in-log.js';

/** The messages of the protocol, made and read with the classes that the client ships: no `.proto` is copied. */

const TICKS_AT_1970 = 0n;

export function eventMessage(entry: Entry): ReadResp {
  const { RecordedEvent } = streams.ReadResp.ReadEvent;
  const event = new RecordedEvent()
    .setId(new shared.UUID().setString(entry.id))
    .setStreamIdentifier(identifier(entry.stream))
    .setStreamRevision(String(entry.revision))
    .setCommitPosition(String(entry.position))
    .setPreparePosition(String(entry.position))
    .setData(entry.data)
    .setCustomMetadata(entry.metadata);
  event
    .getMetadataMap()
    .set('type', entry.type)
    .set('content-type', entry.json ? 'application/json' : 'application/octet-stream')
    .set('created', String(TICKS_AT_1970));
  const read = new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(entry.position));
  return new streams.ReadResp().setEvent(read);
}

export const confirmation = () =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('stand-in'));

export const caughtUp = () => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const checkpoint = (position: number) =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const notFound = (stream: string) =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream)),
  );

export const nameOf = (of: { getStreamName_asU8(): Uint8Array } | undefined) =>
  new TextDecoder().decode(of?.getStreamName_asU8());

export function proposed(message: BatchAppendReq.ProposedMessage): Proposed {
  return {
    id: (message.getId()?.getString() ?? '').toLowerCase(),
    type: message.getMetadataMap().get('type') ?? '',
    json: message.getMetadataMap().get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function askedBy(options: BatchAppendReq.Options): Asked {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  return options.hasNoStream() ? 'no_stream' : options.hasStreamExists() ? 'stream_exists' : 'any';
}

export function appended(request: BatchAppendReq, stream: string, last: Entry | undefined): BatchAppendResp {
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(last?.revision ?? 0));
  if (last) {
    const position = String(last.position);
    success.setPosition(new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position));
  }
  return answerTo(request, stream).setSuccess(success);
}

export function refused(request: BatchAppendReq, stream: string, refusal: Refusal): BatchAppendResp {
  const [detail, name] = detailOf(refusal);
  const details = new any.Any();
  details.pack(detail.serializeBinary(), `event_store.client.${name}`);
  return answerTo(request, stream).setError(new status.Status().setMessage(name).setDetails(details));
}

function detailOf({ reason, actual }: Refusal) {
  switch (reason) {
    case 'wrong-expected-version': {
      const conflict = new shared.WrongExpectedVersion();
      if (actual < 0) conflict.setCurrentNoStream(new shared.Empty());
      else conflict.setCurrentStreamRevision(String(actual));
      return [conflict, 'WrongExpectedVersion'] as const;
    }
    case 'stream-deleted':
      return [new shared.StreamDeleted(), 'StreamDeleted'] as const;
    case 'access-denied':
      return [new shared.AccessDenied(), 'AccessDenied'] as const;
    case 'too-large':
      return [
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND),
        'MaximumAppendSizeExceeded',
      ] as const;
    default:
      return [new shared.Unknown(), 'Unknown'] as const;
  }
}

const answerTo = (request: BatchAppendReq, stream: string) =>
  new streams.BatchAppendResp().setCorrelationId(request.getCorrelationId()).setStreamIdentifier(identifier(stream));

/** Matches as a filter of `$all` asks. */
export function passes(filter: ReadReq.Options.FilterOptions | undefined): (entry: Entry) => boolean {
  if (filter === undefined) return () => true;
  const on = filter.hasStreamIdentifier() ? 'stream' : 'type';
  const asked = filter.getStreamIdentifier() ?? filter.getEventType();
  const prefixes = asked?.getPrefixList() ?? [];
  const regex = new RegExp(asked?.getRegex() ?? '');
  return (entry) =>
    prefixes.length > 0 ? prefixes.some((prefix) => entry[on].startsWith(prefix)) : regex.test(entry[on]);
}

/** The categories that a filter by `<category>-` means: our store finds those without looking at the rest. */
export function categoriesOf(filter: ReadReq.Options.FilterOptions | undefined): string[] | undefined {
  const prefixes = filter?.getStreamIdentifier()?.getPrefixList() ?? [];
  const categories = prefixes.flatMap((prefix) => /^([a-z][a-z0-9]*)-$/.exec(prefix)?.slice(1) ?? []);
  return categories.length > 0 && categories.length === prefixes.length ? categories : undefined;
}

/** An error as gRPC sends it, with what EventStoreDB adds in its trailers. */
export function failure(code: codes, details: string, trailers: Record<string, string> = {}): ServiceError {
  const metadata: Metadata = new Trailers();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export function failureOf({ reason, actual }: Refusal, stream: string): ServiceError {
  switch (reason) {
    case 'stream-deleted':
      return failure(codes.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
        exception: 'stream-deleted',
        'stream-name': stream,
      });
    case 'access-denied':
      return failure(codes.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
    case 'wrong-expected-version':
      return failure(codes.FAILED_PRECONDITION, 'Wrong expected version', {
        exception: 'wrong-expected-version',
        'stream-name': stream,
        'expected-version': '0',
        'actual-version': String(actual),
      });
    default:
      return failure(codes.UNKNOWN, reason);
  }
}

const identifier = (stream: string) => new shared.StreamIdentifier().setStreamName(new TextEncoder().encode(stream));
