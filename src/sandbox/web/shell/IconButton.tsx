import type { ReactNode } from 'react';
import { Button, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';

type IconButtonProps = Omit<ButtonProps, 'children' | 'className'> & {
  label: string;
  className?: string;
  children: ReactNode;
};

/** A button that is only a sign: its name is for screen readers and for whoever points at it. */
export function IconButton({ label, children, className = '', ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <Button aria-label={label} className={`icon-button ${className}`} {...rest}>
        {children}
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
