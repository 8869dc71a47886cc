/** The mark: a K whose arms are a clapperboard's. */
export function Logo({ size = 32 }: { size?: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}
