import { AlertFillIcon } from '@primer/octicons-react';
import { FieldError, Label, Text } from 'react-aria-components';
import type { FieldProps } from './Field.tsx';

/** The parts around every field; the accessible names come from where they stand. */
export const FieldLabel = ({ label }: Pick<FieldProps, 'label'>) =>
  label === null ? null : <Label className="field-label">{label}</Label>;

export function FieldNotes({ hint, error }: Pick<FieldProps, 'hint' | 'error'>) {
  return (
    <>
      <FieldError className="field-error">
        <AlertFillIcon size={12} /> {error}
      </FieldError>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </>
  );
}

export const naming = ({ label, ariaLabel }: Pick<FieldProps, 'label' | 'ariaLabel'>) =>
  label === null ? { 'aria-label': ariaLabel ?? '' } : {};
