/** Stands where something is being fetched. @param height with its unit */
export function Skeleton({ height, label }: { readonly height: string; readonly label: string }) {
  return (
    <div className="skeleton" style={{ height }} role="status">
      <span className="heard">{label}</span>
    </div>
  );
}
