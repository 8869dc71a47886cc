import css from './Spinner.module.css';

/** Beside a text that says what is going on; on its own it says nothing to a reader. */
export function Spinner() {
  return <span className={css.spinner} aria-hidden="true" />;
}
