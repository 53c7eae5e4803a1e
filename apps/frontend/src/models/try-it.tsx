import { Link } from 'wouter';

/** Leads to Ask with this model chosen. */
export function TryIt({ name, main = false }: { readonly name: string; readonly main?: boolean }) {
  return (
    <Link
      href={`~/?model=${encodeURIComponent(name)}`}
      className={main ? 'button button-main' : 'button button-quiet'}
    >
      Try it
      <span className="heard"> with {name}</span>
    </Link>
  );
}
