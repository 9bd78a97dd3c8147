/** Currencies (ISO 4217) and the symbols that stand for one of them only; the others are written as their code. */
const symbols = `
AMD:֏ AUD:A$ AZN:₼ BRL:R$ CAD:CA$ CNY:CN¥ CRC:₡ CZK:Kč EUR:€ GBP:£ GEL:₾ GHS:GH₵ HKD:HK$ HUF:Ft IDR:Rp ILS:₪
INR:₹ JPY:¥ KHR:៛ KRW:₩ KZT:₸ LAK:₭ MNT:₮ MXN:MX$ MYR:RM NGN:₦ NZD:NZ$ PHP:₱ PLN:zł PYG:₲ RUB:₽ THB:฿ TRY:₺
TWD:NT$ UAH:₴ USD:$ VND:₫
`;

const withoutSymbol = `
AED AFN ALL AOA ARS AWG BAM BBD BDT BGN BHD BIF BMD BND BOB BSD BTN BWP BYN BZD CDF CHF CLP COP CUP CVE DJF DKK
DOP DZD EGP ERN ETB FJD FKP GIP GMD GNF GTQ GYD HNL HTG IQD IRR ISK JMD JOD KES KGS KMF KPW KWD KYD LBP LKR LRD
LSL LYD MAD MDL MGA MKD MMK MOP MRU MUR MVR MWK MZN NAD NIO NOK NPR OMR PAB PEN PGK PKR QAR RON RSD RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL TJS TMT TND TOP TTD TZS UGX UYU UZS VES VUV WST XAF XCD XCG
XOF XPF YER ZAR ZMW ZWG
`;

const words = (text: string) => text.trim().split(/\s+/);

const pairs: readonly (readonly [code: string, symbol: string])[] = [
  ...words(symbols).map((pair) => [pair.slice(0, 3), pair.slice(4)] as const),
  ...words(withoutSymbol).map((code) => [code, code] as const),
];

export const symbolByCurrency: Readonly<Record<string, string>> = Object.fromEntries(pairs);

/** A code stands for itself too. */
export const currencyBySymbol: Readonly<Record<string, string>> = Object.fromEntries(
  pairs.flatMap(([code, symbol]) => [
    [symbol, code],
    [code, code],
  ]),
);
