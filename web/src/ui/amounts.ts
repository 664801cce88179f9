/** Write an amount as the server tells it, "0.0420", as numbers are in a language, with as many digits. */
export function amountOf(amount: string, language: string | undefined): string {
  const digits = amount.split(".")[1]?.length ?? 0;
  const value = Number(amount);
  if (amount === "" || !Number.isFinite(value)) return amount;
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
