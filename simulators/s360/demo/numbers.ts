export type NumbersSnapshot = {
  contacts: number;
  addresses: number;
  communicationMeans: number;
  orders: number;
  operations: number;
  files: number;
};

/** Hands out the venue's numbers, in the lengths that S-360's have. Contact numbers are text with leading zeros. */
export class Numbers {
  constructor(private readonly used: NumbersSnapshot = noNumbers()) {}

  contact(): { contactNumber: string; contactId: number } {
    this.used.contacts += 1;
    return {
      contactNumber: String(30_000 + this.used.contacts).padStart(7, "0"),
      contactId: 10_228_300_030_000 + this.used.contacts,
    };
  }

  address(): number {
    return 12_300_000 + ++this.used.addresses;
  }

  communicationMean(): number {
    return 30_000 + ++this.used.communicationMeans;
  }

  order(): number {
    return 10_000_930_000 + ++this.used.orders;
  }

  operation(): number {
    return 10_228_310_300_000 + ++this.used.operations;
  }

  file(): number {
    return 9_030_000 + ++this.used.files;
  }

  snapshot(): NumbersSnapshot {
    return { ...this.used };
  }
}

function noNumbers(): NumbersSnapshot {
  return { contacts: 0, addresses: 0, communicationMeans: 0, orders: 0, operations: 0, files: 0 };
}
