import { FileIcon, UploadIcon, XIcon } from '@primer/octicons-react';
import { useId, useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import type { UploadSight } from '../../page/wire.ts';
import { useWords } from '../state/use.ts';
import type { FieldProps } from './Field.tsx';

export function FilesField({ element, label, hint, error, onChange }: FieldProps) {
  const words = useWords();
  const labelId = useId();
  const [files, setFiles] = useState<UploadSight[]>([]);
  const max = Number(element['max_files'] ?? 10);
  const types = (element['filetypes'] as string[] | undefined)?.map((type) => `.${type}`);

  function change(next: UploadSight[]): void {
    setFiles(next.slice(0, max));
    onChange(next.slice(0, max));
  }

  return (
    <div className="field-frame" role="group" aria-labelledby={labelId}>
      <span id={labelId} className="field-label">
        {label}
      </span>
      {files.map((file) => (
        <div key={file.name} className="chosen-file">
          <FileIcon size={16} /> {file.name}
          <Button
            className="icon-button"
            aria-label={words.removeFile(file.name)}
            onPress={() => change(files.filter((one) => one !== file))}
          >
            <XIcon size={14} />
          </Button>
        </div>
      ))}
      {files.length < max && (
        <FileTrigger
          {...(types ? { acceptedFileTypes: types } : {})}
          allowsMultiple={max > 1}
          onSelect={(list) => void uploadsOf(list).then((more) => change([...files, ...more]))}
        >
          <Button className="button button-default" aria-describedby={labelId}>
            <UploadIcon size={16} /> {words.chooseFile}
          </Button>
        </FileTrigger>
      )}
      {error && (
        <span className="field-error" role="alert">
          {error}
        </span>
      )}
      {hint && <span className="field-hint">{hint}</span>}
    </div>
  );
}

export const uploadsOf = (list: FileList | null): Promise<UploadSight[]> =>
  Promise.all([...(list ?? [])].map(async (file) => ({ name: file.name, base64: await base64Of(file) })));

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve((reader.result as string).split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });
