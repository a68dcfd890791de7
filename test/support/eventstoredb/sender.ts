import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadRequest, ReadResponse } from './readMessages.ts';

/** Writes messages no faster than the other side takes them; answers false once the call is over. */
export function sender(
  call: ServerWritableStream<ReadRequest, ReadResponse>,
): (message: ReadResponse) => Promise<boolean> {
  return async (message) => {
    if (call.cancelled || call.destroyed) return false;
    if (!call.write(message))
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          call.off('drain', wake);
          call.off('cancelled', wake);
          call.off('close', wake);
          resolve();
        };
        call.on('drain', wake).on('cancelled', wake).on('close', wake);
      });
    return !call.cancelled;
  };
}
