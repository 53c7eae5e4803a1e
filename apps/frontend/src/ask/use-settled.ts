import { useEffect, useState } from 'react';

/** A value once it has not changed for a while. @param restMs milliseconds */
export function useSettled<T>(value: T, restMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const rest = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(rest);
  }, [value, restMs]);
  return settled;
}
