/** Makes ids that grow with time (UUID version 7, lower case). */
export interface Ids {
  next(): string;
}
