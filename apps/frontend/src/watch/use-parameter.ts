import { useSearchParams } from 'wouter';

/** A parameter of the address, so that what is looked at can be sent to somebody; null where it is not set. */
export function useParameter(name: string): [string | null, (value: string | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  return [
    search.get(name),
    (value) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === undefined) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
  ];
}
