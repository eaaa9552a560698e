// Which text is a value of an operator's type, by AWS's documentation.

import { isIP } from "node:net";

export const isNumber = (text) => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text);

/** Seconds since 1970, or a date as in the note of the W3C. */
export function isDate(text) {
  const form = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/i;
  return /^\d{5,}$/.test(text) || (form.test(text) && !Number.isNaN(Date.parse(text.toUpperCase())));
}

/** An address or a range of them. */
export function isAddress(text) {
  const [address, length = "0", ...more] = text.split("/");
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return bits !== undefined && !more.length && /^\d+$/.test(length) && Number(length) <= bits;
}

export const isBase64 = (text) =>
  /^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{4}|[A-Za-z\d+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z\d+/][AQgw]==)$/.test(text);

const TYPES = { Numeric: isNumber, Date: isDate, NotIp: isAddress, Ip: isAddress, Arn: (text) => text.split(":").length > 5 };

/** Whether text is of the type of this operator; nothing for types that any text is of. */
export const typeOf = (name) => TYPES[/^(Numeric|Date|NotIp|Ip|Arn)/.exec(name)?.[0]];
