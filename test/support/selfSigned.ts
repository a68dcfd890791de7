import { generateKeyPairSync, sign } from 'node:crypto';

export interface KeyAndCertificate {
  /** As PEM. */
  readonly key: string;
  readonly certificate: string;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OID = 0x06;
const INTEGER = 0x02;
const BITS = 0x03;
const OCTETS = 0x04;
const TEXT = 0x0c;
const TIME = 0x18;
/** ecdsa-with-SHA256, commonName, subjectAltName: 1.2.840.10045.4.3.2, 2.5.4.3, 2.5.29.17. */
const SIGNED_WITH = Buffer.from('2a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('550403', 'hex');
const OTHER_NAMES = Buffer.from('551d11', 'hex');
/** In a list of names: one of DNS, an address. */
const DNS = 0x82;
const ADDRESS = 0x87;

/** A key made now, and a certificate of its own for `localhost` and 127.0.0.1: for servers of one test, valid today. */
export function selfSigned(): KeyAndCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, der(OID, SIGNED_WITH));
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, der(OID, COMMON_NAME), der(TEXT, Buffer.from('localhost')))),
  );
  const others = der(
    SEQUENCE,
    der(DNS, Buffer.from('localhost')),
    der(ADDRESS, Buffer.from([127, 0, 0, 1])),
  );
  const content = der(
    SEQUENCE,
    // Version 3.
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    name,
    der(SEQUENCE, day(-1), day(1)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, der(SEQUENCE, der(OID, OTHER_NAMES), der(OCTETS, others)))),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = der(SEQUENCE, content, algorithm, bits(signature)).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  };
}

/** One value of ASN.1: tag, length, contents. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const contents = Buffer.concat(parts);
  const { length } = contents;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), contents]);
}

const bits = (bytes: Buffer): Buffer => der(BITS, Buffer.from([0]), bytes);

function day(offset: number): Buffer {
  const text = new Date(Date.now() + offset * 86_400_000)
    .toISOString()
    .replaceAll(/[-:T]|\.\d+/g, '');
  return der(TIME, Buffer.from(text));
}
